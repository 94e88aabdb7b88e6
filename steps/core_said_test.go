package steps

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/ui/message"
)

// TestCoreTextsUsed holds the texts that the account's packages say to be in their tables, and those
// in the tables to be said.
func TestCoreTextsUsed(t *testing.T) {
	name := regexp.MustCompile(`"((?:failure|planned|verified)\.[a-z0-9_.]*)"`)
	tableFile := regexp.MustCompile(`(^|_)texts\.go$`)
	for folder, texts := range map[string][]snowflake.Text{
		"../snowflake": snowflake.Texts(), "../snowflake/account": account.Texts(),
	} {
		sources, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(sources) == 0 {
			t.Fatal(folder, err)
		}
		table, used := map[string]bool{}, map[string]bool{}
		for _, text := range texts {
			if text.English == "" || table[text.ID] {
				t.Errorf("%s: %q, %q: no words, or a second time", folder, text.ID, text.English)
			}
			table[text.ID] = true
		}
		for _, path := range sources {
			if strings.HasSuffix(path, "_test.go") || tableFile.MatchString(filepath.Base(path)) {
				continue
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range name.FindAllStringSubmatch(string(source), -1) {
				used[m[1]] = true
				if beginning := strings.HasSuffix(m[1], "."); !beginning && !table[m[1]] {
					t.Errorf("%s says %s, which no table has", path, m[1])
				}
			}
		}
		for id := range table {
			if !saidSomewhere(id, used) {
				t.Errorf("%s: nobody says %s", folder, id)
			}
		}
	}
}

// saidSomewhere says whether the code has a text's name, or the beginning that it is made of.
func saidSomewhere(id string, used map[string]bool) bool {
	made := regexp.MustCompile(`^(planned\.kind|failure\.\d+)\.`) // of the tables themselves
	return used[id] || used[id[:strings.LastIndex(id, ".")+1]] || made.MatchString(id)
}

// TestCoreTextsJapanese says every sentence of the core in Japanese.
func TestCoreTextsJapanese(t *testing.T) {
	ja := message.For("ja").T
	for _, source := range coreSources() {
		for _, text := range source.texts() {
			text.Args = map[string]any{}
			for _, name := range snowflake.Placeholders(text.English) {
				text.Args[name] = "«" + name + "»"
			}
			said := Say(ja, text)
			for _, name := range snowflake.Placeholders(text.English) {
				if !strings.Contains(said, "«"+name+"»") {
					t.Errorf("%s does not say its %s: %q", text.ID, name, said)
				}
			}
			if fault := unjapanese(said); fault != "" {
				t.Errorf("%s: %q in %q", text.ID, fault, said)
			}
		}
	}
	for kind, said := range map[string]string{ // what is wrong is found
		"a sentence": "Snowflake: the app is not there", "no value": "«a» に <no value>", "a message's placeholder": "{{.name}} です", "a text's": "{name} です",
	} {
		if unjapanese(said) == "" {
			t.Errorf("%s passes: %q", kind, said)
		}
	}
}

var (
	// asItIs is what stands in a Japanese sentence as it is: an argument, code between quotes or
	// backquotes, a web address, SQL in capitals, a command of sleet, names of several words.
	asItIs = regexp.MustCompile("«[a-zA-Z_0-9]+»|`[^`]+`|\"[^\"]*\"|https?://[!-~]+|" +
		`sleet [a-z]+|Hugging Face|JSON Web Token|Microsoft Teams|Native App|\b[A-Z_]+(?: [A-Z_]+)*\b`)
	// unfilled is what is left of a message that was not filled in.
	unfilled = regexp.MustCompile(`<no value>|\{\{|\{\w+\}|%!`)
	// clause is two words of Latin letters, or more.
	clause = regexp.MustCompile(`[A-Za-z']+(?: [A-Za-z']+)+`)
)

// unjapanese gives what is wrong with a sentence as it was said: nothing in Japanese, something that
// was not filled in, words in English.
func unjapanese(said string) string {
	if left := unfilled.FindString(said); left != "" {
		return left
	}
	return clause.FindString(asItIs.ReplaceAllString(said, ""))
}

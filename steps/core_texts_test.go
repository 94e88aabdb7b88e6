package steps

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/migrate"
	"sleet/snowflake"
	"sleet/snowflake/account"
)

var updateTexts = flag.Bool("update", false, "write the core's texts into the message file")

// coreSource is a part of the core that says something, and the beginnings that its texts' names may have.
type coreSource struct {
	texts    func() []snowflake.Text
	prefixes []string
}

// coreSources are all of them, one a line.
func coreSources() []coreSource {
	return []coreSource{
		{scaffold.Texts, []string{"problem."}},
		{check.Texts, []string{"finding."}},
		{snowflake.Texts, []string{"planned."}},
		{account.Texts, []string{"failure.", "planned.", "verified."}},
		{migrate.Texts, []string{"change.", "manual.", "moved."}},
	}
}

const (
	englishWords = "../ui/message/en.toml"
	coreBegins   = "# the core's texts begin: written by go test ./steps -run TestCoreTexts -update, never by hand\n"
	coreEnds     = "# the core's texts end\n"
)

// TestCoreTexts holds the English that the core has in its tables and the English that the other
// languages are held against to be the same.
func TestCoreTexts(t *testing.T) {
	want := coreMessages(t)
	file, err := os.ReadFile(englishWords)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(file), coreBegins)
	got, after, ends := strings.Cut(rest, coreEnds)
	if !begins || !ends {
		t.Fatalf("%s lacks the lines\n%s%s", englishWords, coreBegins, coreEnds)
	}
	if *updateTexts {
		if err := os.WriteFile(englishWords, []byte(before+coreBegins+want+coreEnds+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Errorf("%s is not what the core says; go test ./steps -run TestCoreTexts -update writes it:\n%s",
			englishWords, lineDifference(got, want))
	}
}

// coreMessages writes the texts as messages: an id a line, sorted.
func coreMessages(t *testing.T) string {
	t.Helper()
	messages := map[string]string{}
	for _, source := range coreSources() {
		for _, text := range source.texts() {
			known := slices.ContainsFunc(source.prefixes, func(p string) bool { return strings.HasPrefix(text.ID, p) })
			if earlier, again := messages[text.ID]; again && earlier != text.English {
				t.Errorf("%s says %q and %q", text.ID, earlier, text.English)
			}
			if !known || text.English == "" {
				t.Errorf("the text %q, %q is none of %v", text.ID, text.English, source.prefixes)
			}
			messages[text.ID] = text.English
		}
	}
	lines := make([]string, 0, len(messages))
	for id, english := range messages {
		lines = append(lines, fmt.Sprintf("%q = %s\n", id, strconv.Quote(english)))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// lineDifference lists the lines that only one of two texts has.
func lineDifference(got, want string) string {
	var b strings.Builder
	only := func(mark string, a, other string) {
		others := strings.Split(other, "\n")
		for line := range strings.SplitSeq(a, "\n") {
			if !slices.Contains(others, line) {
				b.WriteString(mark + line + "\n")
			}
		}
	}
	only("- ", got, want)
	only("+ ", want, got)
	return b.String()
}

package command

import (
	"bytes"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/validate"
	"sleet/snowflake"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/values"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// TestTopics reads every topic in every language, as a person does.
func TestTopics(t *testing.T) {
	files, err := fs.Glob(topics, "topics/*")
	if err != nil || len(files) != len(topicNames)*len(message.Languages()) {
		t.Errorf("%q for %d topics in %d languages: %v", files, len(topicNames), len(message.Languages()), err)
	}
	for _, name := range topicNames {
		for _, lang := range message.Languages() {
			b := newBench(t)
			if code := b.run(t, "help", name, "--lang", lang); code != exit.Success || b.err.Len() > 0 {
				t.Errorf("%s: exit code %d, %s", name, code, &b.err)
			}
			if want := topicText(name, lang); b.out.String() != want || want == "" {
				t.Errorf("%s in %s shows\n%s", name, lang, &b.out)
			}
			for line := range strings.SplitSeq(b.out.String(), "\n") {
				if ansi.StringWidth(line) > helpWidth && !strings.HasPrefix(line, "https://") {
					t.Errorf("%s in %s has a line of %d cells:\n%s", name, lang, ansi.StringWidth(line), line)
				}
			}
		}
	}
	b := newBench(t)
	b.run(t, "--help")
	for _, name := range topicNames {
		if !regexp.MustCompile(`(?m)^  sleet ` + name + ` +\S`).MatchString(b.out.String()) {
			t.Errorf("sleet --help does not list %s:\n%s", name, &b.out)
		}
	}
}

// TestHelpOfWords checks that help explains commands and topics, completes both, and refuses other words.
func TestHelpOfWords(t *testing.T) {
	for words, want := range map[string]string{
		"": "Available Commands:", "secrets": "How a secret reaches", "new": "Creates a Streamlit app", "completion fish": "fish shell",
	} {
		b := newBench(t)
		if code := b.run(t, append([]string{"help"}, strings.Fields(words)...)...); code != exit.Success || !strings.Contains(b.out.String(), want) {
			t.Errorf("help %s: exit code %d\n%s%s", words, code, &b.out, &b.err)
		}
	}
	for words, want := range map[string]string{"secret": "Did you mean secrets?", "apply now": `"now"`, "completion fihs": "Did you mean fish?"} {
		b := newBench(t)
		if code := b.run(t, append([]string{"help"}, strings.Fields(words)...)...); code != exit.Invalid || !strings.Contains(b.err.String(), want) || b.out.Len() > 0 {
			t.Errorf("help %s: exit code %d\n%s%s", words, code, &b.out, &b.err)
		}
	}
	for words, want := range map[string]string{"s": "schema secrets survey", "completion z": "zsh", "x y": ""} {
		b := newBench(t)
		b.run(t, append([]string{"__completeNoDesc", "help"}, strings.Fields(words)...)...)
		if got := strings.Join(strings.Fields(strings.Split(b.out.String(), ":")[0]), " "); got != want {
			t.Errorf("help %s completes %q, want %q", words, got, want)
		}
	}
}

// blocks returns the indented blocks of a topic, without their indentation.
func blocks(text string) []string {
	var all []string
	block := ""
	for line := range strings.SplitSeq(text+"\nend", "\n") {
		switch inner, indented := strings.CutPrefix(line, "    "); {
		case indented:
			block += inner + "\n"
		case line == "" && block != "":
			block += "\n"
		case block != "":
			all = append(all, strings.TrimRight(block, "\n"))
			block = ""
		}
	}
	return all
}

// TestTopicsExamplesWork parses every example: command lines, answers, values and hooks. Both languages must have the
// same ones.
func TestTopicsExamplesWork(t *testing.T) {
	calls, files, values, hooks := 0, 0, 0, 0
	for _, name := range topicNames {
		english, other := blocks(topicText(name, "en")), blocks(topicText(name, "ja"))
		if len(english) != len(other) {
			t.Errorf("%s has %d examples in English, %d in Japanese", name, len(english), len(other))
			continue
		}
		for i, block := range english {
			switch {
			case strings.HasPrefix(block, "["):
				files++
				if app, err := answers.Parse(scaffold.AnswersFile, []byte(block)); err != nil || slices.ContainsFunc(validate.Problems(app), isError) {
					t.Errorf("%s: %v, %v\n%s", name, err, validate.Problems(app), block)
				}
			case strings.HasPrefix(block, "repos:"):
				hooks++
				var doc map[string]any
				if err := yaml.Unmarshal([]byte(block), &doc); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				_, entry, _ := strings.Cut(block, "entry: ")
				entry, _, _ = strings.Cut(entry, "\n")
				takenCall(t, name, entry)
			case strings.Contains(block, ` = "..."`):
				values++
				into := map[string]snowflake.Secret{}
				got := deploySecretValues(t, block)
				for part, v := range got {
					into[part] = v
				}
				if len(into) != 3 {
					t.Errorf("%s: the values are %v", name, into)
				}
			case !strings.Contains(block, "sleet "):
				continue // a table, or another program's lines
			default:
				for line := range strings.SplitSeq(block, "\n") {
					for call := range strings.SplitSeq(line, "||") {
						if _, args, ok := strings.Cut(call, "sleet "); ok {
							takenCall(t, name, "sleet "+args)
							calls++
						}
					}
				}
			}
			if block != other[i] && !strings.Contains(block, "   ") {
				t.Errorf("%s differs in Japanese:\n%s\n%s", name, block, other[i])
			}
		}
	}
	for _, name := range topicNames {
		for _, call := range regexp.MustCompile(`"(sleet\s[^"]+)"`).FindAllStringSubmatch(topicText(name, "en"), -1) {
			takenCall(t, name, strings.Join(strings.Fields(call[1]), " "))
			calls++
		}
	}
	if calls < 17 || files < 3 || values != 1 || hooks != 1 {
		t.Errorf("%d calls, %d answers, %d values and %d hooks were checked", calls, files, values, hooks)
	}
}

func isError(p validate.Problem) bool { return p.Severity == validate.Error }

// deploySecretValues parses a block as a file of --secrets-from.
func deploySecretValues(t *testing.T, block string) map[string]snowflake.Secret {
	t.Helper()
	host := machine.Host{In: strings.NewReader(block)}
	values, err := values.Gather(t.Context(), host, "-", []deploy.ValuePart{{Key: "api_key"}, {Key: "login", Field: "username"}, {Key: "login", Field: "password"}})
	if err != nil {
		t.Error(err)
	}
	named := map[string]snowflake.Secret{}
	for part, v := range values {
		named[part.String()] = v
	}
	return named
}

// takenCall parses the flags of a command line, including those of cobra itself.
func takenCall(t *testing.T, topic, call string) {
	t.Helper()
	call, _, _ = strings.Cut(call, " <")
	call, _, _ = strings.Cut(call, " >")
	quoted := regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(call, -1)
	root := newRoot(machine.Host{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Dir: t.TempDir(), Build: machine.Build{Version: "dev"}})
	root.InitDefaultHelpCmd()
	root.InitDefaultVersionFlag()
	cmd, rest, err := root.Find(quoted[1:])
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if errors.Is(err, pflag.ErrHelp) {
		return
	}
	if err == nil && cmd.Args != nil {
		err = cmd.Args(cmd, cmd.Flags().Args())
	}
	if err != nil || !cmd.Runnable() {
		t.Errorf("%s: %s: %v", topic, call, err)
	}
}

// isTopic reports whether a command is a help topic.
func isTopic(cmd *cobra.Command) bool {
	return cmd.HasParent() && !cmd.Parent().HasParent() && slices.Contains(topicNames, cmd.Name())
}

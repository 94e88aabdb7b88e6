package command

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"sleet/steps/command/machine"
)

// helpWidth is the width of a terminal of the usual size.
const helpWidth = 80

// commands returns a command and every command below it.
func commands(root *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{root}
	for _, child := range root.Commands() {
		all = append(all, commands(child)...)
	}
	return all
}

// ours reports whether a command is not one that cobra creates.
func ours(cmd *cobra.Command) bool {
	return !strings.Contains(cmd.CommandPath(), " completion") && cmd.Name() != "help" && !isTopic(cmd)
}

func TestHelpFits(t *testing.T) {
	root := newRoot(machine.Host{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Dir: t.TempDir()})
	for _, cmd := range commands(root) {
		if !ours(cmd) {
			continue
		}
		var out bytes.Buffer
		cmd.SetOut(&out)
		if err := cmd.Help(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(out.String(), "\n") {
			if width := ansi.StringWidth(line); width > helpWidth {
				t.Errorf("%s --help has a line of %d cells:\n%s", cmd.CommandPath(), width, line)
			}
		}
	}
}

// TestExamplesAreTaken checks that every command has examples, and that each is a valid command line.
func TestExamplesAreTaken(t *testing.T) {
	root := func() *cobra.Command {
		return newRoot(machine.Host{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Dir: t.TempDir()})
	}
	for _, cmd := range commands(root()) {
		if !ours(cmd) {
			continue
		}
		if cmd.Example == "" {
			t.Errorf("%s has no examples", cmd.CommandPath())
		}
		for line := range strings.SplitSeq(cmd.Example, "\n") {
			_, said, is := strings.Cut(line, "sleet ")
			if !is {
				continue
			}
			words, _, _ := strings.Cut(said, "   ") // after the gap is what the example does
			words, _, _ = strings.Cut(words, " | ")
			words, _, _ = strings.Cut(words, " <")
			words, _, _ = strings.Cut(words, " >")
			args := strings.Fields(strings.ReplaceAll(words, "'", ""))
			found, rest, err := root().Find(args)
			if err != nil {
				t.Errorf("%s: %v", line, err)
				continue
			}
			if err := found.ParseFlags(rest); err != nil {
				t.Errorf("%s: %v", line, err)
				continue
			}
			if found.Args == nil {
				continue
			}
			if err := found.Args(found, found.Flags().Args()); err != nil {
				t.Errorf("%s: %v", line, err)
			}
		}
	}
}

// TestHelpListsRulesInTheLanguage checks that the rules in the help of check are in the person's language and fit the
// width.
func TestHelpListsRulesInTheLanguage(t *testing.T) {
	for lang, title := range map[string]string{"en": "import of get_active_session", "ja": "get_active_session のインポート"} {
		var out bytes.Buffer
		root := newRoot(machine.Host{In: strings.NewReader(""), Out: &out, Err: &bytes.Buffer{}, Dir: t.TempDir()})
		root.SetArgs([]string{"check", "--help", "--lang", lang})
		if err := root.Execute(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "SL101  "+title+"\n") {
			t.Errorf("%s:\n%s", lang, out.String())
		}
		for line := range strings.SplitSeq(out.String(), "\n") {
			if width := ansi.StringWidth(line); width > helpWidth {
				t.Errorf("%s: a line of %d cells:\n%s", lang, width, line)
			}
		}
	}
}

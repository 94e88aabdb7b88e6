package command

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sleet/steps/command/machine"
)

// TestReadmeCommands parses every command line of the README, and looks up the flags in the rows of its table.
func TestReadmeCommands(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	calls, flags := readmeCommands(string(data))
	for _, call := range calls {
		takenCall(t, "README.md", call)
	}
	for _, flag := range flags {
		cmd, _, err := newRoot(machine.Host{}).Find(strings.Fields(flag.command)[1:])
		if err != nil || cmd.Flags().Lookup(flag.name) == nil {
			t.Errorf("README.md: %s has no flag --%s", flag.command, flag.name)
		}
	}
	if len(calls) < 45 || len(flags) < 15 {
		t.Errorf("only %d command lines and %d flags were found: %q %q", len(calls), len(flags), calls, flags)
	}
}

// readmeFlag is a flag in a row of the README's table, with the row's command.
type readmeFlag struct{ command, name string }

// readmeCommands returns the command lines in the README's shell blocks and its prose, and the flags of its table.
func readmeCommands(text string) (calls []string, flags []readmeFlag) {
	shell := regexp.MustCompile(`^(?:[A-Z_]+=\S* )*(?:sleet|go run \.)( .*)$`)
	for _, block := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```").FindAllStringSubmatch(text, -1) {
		for line := range strings.SplitSeq(block[1], "\n") {
			line, _, _ = strings.Cut(line, " #")
			if call := shell.FindStringSubmatch(line); call != nil {
				calls = append(calls, "sleet"+call[1])
			}
		}
	}
	code := regexp.MustCompile("`([^`]+)`")
	dirs := regexp.MustCompile(`\[DIR[^\]]*\]`)
	for line := range strings.SplitSeq(text, "\n") {
		spans := code.FindAllStringSubmatch(line, -1)
		for _, span := range spans {
			name, isFlag := strings.CutPrefix(span[1], "--")
			switch {
			case isFlag && strings.HasPrefix(line, "| `sleet "):
				name, _, _ = strings.Cut(name, " ")
				flags = append(flags, readmeFlag{dirs.ReplaceAllString(spans[0][1], ""), name})
			case strings.HasPrefix(span[1], "sleet ") && !strings.HasSuffix(span[1], " --wave"):
				call := strings.NewReplacer("SHELL", "bash", "TOPIC", "secrets").Replace(span[1])
				calls = append(calls, dirs.ReplaceAllString(call, "DIR"))
			}
		}
	}
	return calls, flags
}

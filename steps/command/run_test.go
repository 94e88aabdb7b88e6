package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"sleet/scaffold/answers"
	"sleet/steps"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
)

// bench is a Host for tests, without a machine.
type bench struct {
	machine.Host
	out, err bytes.Buffer
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{}
	b.Host = machine.Host{In: strings.NewReader(""), Out: &b.out, Err: &b.err, Dir: t.TempDir(), Build: machine.Build{Version: "1.2.3"}}
	return b
}

func (b *bench) run(t *testing.T, args ...string) int {
	t.Helper()
	return Run(t.Context(), args, b.Host)
}

// fullDisk is an output that fails every write.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) {
	return 0, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
}

// TestOutputOnFullDisk checks that a failed write of the output has exit code 1, not that of a wrong command line.
func TestOutputOnFullDisk(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--version"}, {"completion", "bash"}, {"schema"}, {"check", "--explain", "SL201"}} {
		b := newBench(t)
		b.Out = fullDisk{}
		if code := b.run(t, args...); code != exit.Failure || !strings.Contains(b.err.String(), "no space left") || strings.Contains(b.err.String(), "--help") {
			t.Errorf("%v: exit code %d\n%s", args, code, &b.err)
		}
	}
}

func TestExitCode(t *testing.T) {
	tests := []struct {
		err  error
		want int
	}{
		{nil, exit.Success},
		{errors.New("disk full"), exit.Failure},
		{&exit.UsageError{Err: errors.New("no such flag")}, exit.Invalid},
		{&answers.ParseError{File: "sleet.toml"}, exit.Invalid},
		{&steps.ProblemsError{}, exit.Invalid},
		{&steps.EditedFilesError{Paths: []string{"a"}}, exit.NotReplaced},
		{context.Canceled, exit.Stopped},
	}
	for _, test := range tests {
		if got := exit.Code(test.err); got != test.want {
			t.Errorf("Code(%v) = %d, want %d", test.err, got, test.want)
		}
		if test.err == nil {
			continue
		}
		if got := exit.Code(fmt.Errorf("wrapped: %w", errors.Join(test.err, errors.New("more")))); got != test.want {
			t.Errorf("Code(wrapped %v) = %d, want %d", test.err, got, test.want)
		}
	}
}

func TestPanicRepeatsNoValue(t *testing.T) {
	b := newBench(t)
	b.Terminal = true
	b.Wizard = func(context.Context, machine.WizardOptions) error { panic("hunter2") }
	if code := b.run(t, "new"); code != exit.Failure {
		t.Errorf("exit code %d", code)
	}
	if said := b.err.String(); strings.Contains(said, "hunter2") || !strings.Contains(said, "at sleet/steps/command.") {
		t.Errorf("the output must have the place, not the text:\n%s", said)
	}
}

func TestVersion(t *testing.T) {
	b := newBench(t)
	if code := b.run(t, "--version"); code != exit.Success || b.out.String() != "sleet version 1.2.3\n" {
		t.Errorf("exit code %d, output %q", code, &b.out)
	}
}

// TestHelp checks that every command has a summary and an example.
func TestHelp(t *testing.T) {
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Short == "" {
			t.Errorf("%s has no summary", cmd.CommandPath())
		}
		for _, child := range cmd.Commands() {
			if child.Name() == "help" || isTopic(child) {
				continue
			}
			if child.Example == "" {
				t.Errorf("%s has no example", child.CommandPath())
			}
			walk(child)
		}
	}
	walk(newRoot(newBench(t).Host))
}

// TestExamplesAreRight parses the flags of every example.
func TestExamplesAreRight(t *testing.T) {
	host := newBench(t).Host
	for _, name := range []string{"", "new", "man", "check"} {
		cmd, _, err := newRoot(host).Find(strings.Fields(name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(cmd.Example) {
			// After a gap is what the example is for. The rest of a pipe is not sleet's.
			call, _, _ := strings.Cut(strings.TrimSpace(line), "   ")
			call, _, _ = strings.Cut(call, "|")
			call, _, _ = strings.Cut(call, "<")
			words := strings.Fields(strings.ReplaceAll(call, "'", ""))
			if len(words) == 0 || words[0] != "sleet" {
				t.Errorf("an example that does not call sleet: %q", line)
				continue
			}
			target, rest, err := newRoot(host).Find(words[1:])
			if err == nil {
				err = target.ParseFlags(rest)
			}
			if err != nil {
				t.Errorf("%q: %v", line, err)
			}
		}
	}
}

func TestMan(t *testing.T) {
	b := newBench(t)
	dir := t.TempDir()
	if code := b.run(t, "man", dir); code != exit.Success {
		t.Fatalf("exit code %d: %s", code, &b.err)
	}
	if code := b.run(t, "man", filepath.Join(dir, "share", "man1")); code != exit.Success {
		t.Errorf("a folder that does not exist: exit code %d: %s", code, &b.err)
	}
	if code := b.run(t, "man", filepath.Join(dir, "sleet.1")); code != exit.Failure {
		t.Errorf("a file in place of the folder: exit code %d", code)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(pages) < 15 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	request := regexp.MustCompile(`^\.(TH|SH|PP|TP|nh|nf|fi)\b`)
	groff, _ := exec.LookPath("groff")
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ".") && !request.MatchString(line) || strings.ContainsFunc(line, func(r rune) bool { return r > 127 }) {
				t.Errorf("%s: %q", page, line)
			}
		}
		if groff == "" {
			continue
		}
		if said, err := exec.CommandContext(t.Context(), groff, "-man", "-Tutf8", "-z", "-ww", page).CombinedOutput(); err != nil || strings.Contains(string(said), "warning") {
			t.Errorf("%s: %v\n%s", page, err, said)
		}
	}
}

func TestManText(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain\n", ".starts with a dot": "\\&.starts with a dot\n", "'quoted'": "\\&'quoted'\n",
		`a\b --flag`: "a\\eb \\-\\-flag\n", "…": "\\[u2026]\n",
		"a\n\nb": "a\n.PP\nb\n", "a\n  b\n  c\nd": "a\n.nf\n  b\n  c\n.fi\nd\n", "  a\n\n  b": ".nf\n  a\n.PP\n  b\n.fi\n", "a\n\tb\n": "a\n.nf\n    b\n.fi\n",
	} {
		var p manText
		if p.text(text); p.String() != want {
			t.Errorf("%q: got %q, want %q", text, p.String(), want)
		}
	}
}

func TestReadAllEndsWithItsContext(t *testing.T) {
	in, hold := io.Pipe()
	defer hold.Close() //nolint:errcheck // A pipe in memory cannot fail to close.
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := machine.ReadAll(ctx, in); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestLanguage(t *testing.T) {
	for lang, want := range map[string]int{"en": exit.Success, "en_GB": exit.Success, "tlh": exit.Invalid, "?": exit.Invalid} {
		b := newBench(t)
		b.Terminal = true
		b.Wizard = func(context.Context, machine.WizardOptions) error { return nil }
		if code := b.run(t, "--lang", lang); code != want {
			t.Errorf("--lang %s: exit code %d, want %d\n%s", lang, code, want, &b.err)
		}
	}
}

func TestClean(t *testing.T) {
	tests := []struct{ text, want string }{
		{"two\nlines\tand a tab\n", "two\nlines\tand a tab\n"},
		{"\x1b[31mred", "␛[31mred"},
		{"売上", "売上"},
		{"a\rb", "a␍b"},
	}
	for _, test := range tests {
		if got := output.Clean(test.text); got != test.want {
			t.Errorf("Clean(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

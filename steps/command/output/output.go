// Package output prints the output of commands: text without control characters, and JSON.
package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/term"

	"sleet/scaffold/validate"
	"sleet/steps/command/exit"
	"sleet/ui"
	"sleet/ui/cells"
	"sleet/ui/message"
)

// The styles of text on a terminal. They are removed if standard output is not a terminal.
const (
	StyleEnd     = "\x1b[0m"
	StyleStrong  = "\x1b[1m"
	StyleError   = "\x1b[1;31m"
	StyleWarning = "\x1b[1;33m"
	StyleAdvice  = "\x1b[1;36m"
	StyleMark    = "\x1b[36m"
)

// Problem returns a problem as text: severity, path, message, fix, and documentation.
func Problem(t ui.Translate, p validate.Problem) string {
	msg, fix := t.Say(p.Message), t.Say(p.Fix)
	var b strings.Builder
	b.WriteString(t(message.ID("check."+string(p.Severity))) + ": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(msg)
	if fix != "" {
		b.WriteString("\n  " + t("check.fix") + " " + fix)
	}
	if p.Page != "" {
		b.WriteString("\n  " + t("check.see") + " " + p.Page)
	}
	return b.String()
}

// Say prints a text and a newline.
func Say(out io.Writer, text string) {
	//nolint:errcheck // If standard error is closed, there is no place to report it.
	fmt.Fprintln(out, Clean(text))
}

// Clean makes control characters visible, other than newlines and tabs, and masks credentials in URLs.
func Clean(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		columns := strings.Split(line, "\t")
		for j, cell := range columns {
			columns[j] = message.MaskURLs(cells.Clean(cell))
		}
		lines[i] = strings.Join(columns, "\t")
	}
	return strings.Join(lines, "\n")
}

// Indent writes a text with each line indented and its control characters made visible.
func Indent(b *strings.Builder, by, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(by + cells.Clean(line) + "\n")
	}
}

// Width returns the width of the terminal that a stream writes to, 0 if it is not a terminal.
func Width(out io.Writer) int {
	if shared, ok := out.(*LineWriter); ok {
		out = shared.Out
	}
	file, is := out.(*os.File)
	if !is || !term.IsTerminal(int(file.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// JSON prints a value as JSON.
func JSON(out io.Writer, value any) error { return printJSON(out, value, "  ") }

// JSONLine prints a value as JSON on one line.
func JSONLine(out io.Writer, value any) error { return printJSON(out, value, "") }

func printJSON(out io.Writer, value any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	err := enc.Encode(value)
	if err == nil {
		_, err = io.WriteString(out, escapeControls(b.String()))
	}
	return exit.Failed(err, "run.unprinted")
}

// escapeControls escapes the characters of JSON that control a terminal but that JSON allows unescaped: DEL, the C1
// controls, and marks that change the direction of text.
func escapeControls(text string) string {
	var b strings.Builder
	start := 0
	for i, r := range text {
		if r != 0x7f && !unicode.Is(unicode.Cf, r) && (!unicode.Is(unicode.Cc, r) || r < 0x80) {
			continue
		}
		b.WriteString(text[start:i])
		start = i + utf8.RuneLen(r)
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	b.WriteString(text[start:])
	return b.String()
}

// ClearLine begins a line that is redrawn in place.
const ClearLine = "\r\x1b[K"

// LineWriter serializes writes of several goroutines. It clears a line that begins with ClearLine before it writes
// anything else.
type LineWriter struct {
	mu    sync.Mutex
	Out   io.Writer
	drawn bool
}

func (w *LineWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	line := bytes.HasPrefix(p, []byte(ClearLine))
	if w.drawn && !line {
		if _, err := io.WriteString(w.Out, ClearLine); err != nil {
			return 0, err //nolint:wrapcheck // The writer's error is enough.
		}
	}
	w.drawn = line && len(p) > len(ClearLine)
	return w.Out.Write(p) //nolint:wrapcheck // The writer's error is enough.
}

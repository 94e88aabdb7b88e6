package token

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"sleet/scaffold/testtools"
)

// TestTokensOfCPython compares the tokens of whole libraries with CPython's tokenize: for each
// CPython its own standard library, and for the newest all packages that the tools have installed.
func TestTokensOfCPython(t *testing.T) {
	t.Parallel()
	if os.Getenv("SLEET_CONFORMANCE") != "1" {
		t.Skip("takes minutes: set SLEET_CONFORMANCE=1")
	}
	pythons := testtools.Pythons(t)
	newest := pythons[len(pythons)-1]
	for _, python := range pythons {
		t.Run(python.Version, func(t *testing.T) {
			t.Parallel()
			all := topPackages(t, python.Lib, "lib")
			if python == newest {
				folders, _ := filepath.Glob(filepath.Join(testtools.ToolsDir(), "*", "lib", "python3*", "site-packages"))
				for _, folder := range folders {
					all = append(all, topPackages(t, folder, "site-packages")...)
				}
			}
			compareTokens(t, python, newest, all)
		})
	}
}

func compareTokens(t *testing.T, python, newest testtools.Python, all []topPackage) {
	t.Helper()
	var paths []string
	for _, l := range all {
		paths = append(paths, l.paths...)
	}
	o := ask(t, python, "hash", paths)
	for _, l := range all {
		answers := make([]any, len(l.paths))
		for i := range answers {
			o.next(t, &answers[i])
		}
		t.Run(l.name, func(t *testing.T) {
			testtools.CountConformance(t)
			var differ []string
			for i, path := range l.paths {
				if answers[i] != any(o.sum(t, path, python.Minor)) {
					differ = append(differ, path)
				}
			}
			if len(differ) > 0 {
				explain(t, python, newest, differ)
			}
		})
	}
}

// sum returns a hash of all tokens of a file like testdata/tokens.py, "" if we reject the file.
func (o *oracle) sum(t *testing.T, path string, minor int) string {
	t.Helper()
	file, refused := readFile(t, path)
	if refused != nil {
		return ""
	}
	flat := []int32{o.kinds["ENCODING"], 0, 0, 0, 0}
	for _, token := range o.asTokenize(file, minor) {
		flat = append(flat, token[:]...)
	}
	var data bytes.Buffer
	if err := binary.Write(&data, binary.NativeEndian, flat); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data.Bytes())
	return hex.EncodeToString(sum[:])
}

// asTokenize returns the tokens of a file in the form of a Python version: kind, line and column of
// the start, and of the end. Before 3.12 an f-string was a single token.
func (o *oracle) asTokenize(file *File, minor int) [][5]int32 {
	kinds := make([]int32, 0, TStringEnd+1)
	for _, name := range kindNames() {
		kinds = append(kinds, o.kinds[name])
	}
	made := make([][5]int32, 0, len(file.Tokens))
	open, first := 0, 0
	at := walk{file: file, line: 1}
	for _, token := range file.Tokens {
		kind := token.Kind
		if minor < 12 {
			switch kind {
			case FStringStart:
				if open == 0 {
					first = token.Start
				}
				open++
				continue
			case FStringEnd:
				if open--; open > 0 {
					continue
				}
				kind, token.Start = String, first
			default:
				if open > 0 {
					continue
				}
			}
		}
		var t [5]int32
		t[0] = kinds[kind]
		t[1], t[2] = at.place(token.Start)
		switch {
		case kind == NL || kind == Newline:
			t[3], t[4] = t[1], t[2]+int32(max(token.End-token.Start, 1))
		case token.Start == len(file.Text) && len(file.Text) > 0 && file.lines[len(file.lines)-1] != token.Start:
			// After the newline that Python adds.
			t[1], t[2] = int32(len(file.lines)+1), 0
			t[3], t[4] = t[1], t[2]
		default:
			t[3], t[4] = at.place(token.End)
		}
		made = append(made, t)
	}
	return made
}

// walk counts lines and characters up to offsets that mostly increase.
type walk struct {
	file         *File
	line, offset int
	column       int32
}

func (w *walk) place(offset int) (line, column int32) {
	if offset < w.offset {
		*w = walk{file: w.file, line: 1}
	}
	starts := w.file.lines
	for w.line < len(starts) && starts[w.line] <= offset {
		w.offset, w.column = starts[w.line], 0
		w.line++
	}
	w.column += int32(utf8.RuneCount(w.file.Text[w.offset:offset]))
	w.offset = offset
	return int32(w.line), w.column
}

// explain reports files whose tokens differ, unless Python rejects them too or only this version
// disagrees: 3.12 miscounts the columns of some long strings, and in older versions tokenize, which
// the compiler does not use, returns an ERRORTOKEN for some Unicode names.
func explain(t *testing.T, python, newest testtools.Python, paths []string) {
	t.Helper()
	syntax := ask(t, newest, "syntax", paths)
	theirs, last := ask(t, python, "tokens", paths), ask(t, newest, "tokens", paths)
	for _, path := range paths {
		var refused []any
		syntax.next(t, &refused)
		old, now := theirs.list(t), last.list(t)
		file, ours := readFile(t, path)
		switch {
		case ours != nil && refused == nil:
			t.Errorf("%s: Read rejects what Python accepts: %v", path, ours)
		case ours != nil:
			if !sameRefusal(ours, refused) {
				t.Errorf("%s: Read error = %v, Python's %v", path, ours, refused)
			}
		case refused == nil && !theirs.stumbles(old) && last.difference(file, now, newest.Minor) != "":
			t.Errorf("%s: %s", path, theirs.difference(file, old, python.Minor))
		}
	}
}

func readFile(t *testing.T, path string) (*File, *Error) {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return Read(source)
}

// sameRefusal reports whether Python rejects a file on the same line. It reports no position if it
// cannot decode the file.
func sameRefusal(ours *Error, theirs []any) bool {
	return theirs[2] == 0.0 || theirs[2] == float64(ours.Line)
}

// list returns the tokens of the next file. If Python rejects the file, the last one is the error.
func (o *oracle) list(t *testing.T) []json.RawMessage {
	t.Helper()
	var tokens []json.RawMessage
	o.next(t, &tokens)
	return tokens
}

// stumbles reports whether Python could not read one of the tokens.
func (o *oracle) stumbles(tokens []json.RawMessage) bool {
	start := fmt.Appendf(nil, "[%d,", o.kinds["ERRORTOKEN"])
	return slices.ContainsFunc(tokens, func(token json.RawMessage) bool { return bytes.HasPrefix(token, start) })
}

// difference returns a description of the first token that differs, "" if there is none.
func (o *oracle) difference(file *File, theirs []json.RawMessage, minor int) string {
	ours := o.asTokenize(file, minor)
	if len(theirs) == 0 {
		return "Python cannot decode it"
	}
	for i, token := range theirs[1:] {
		if i >= len(ours) {
			return fmt.Sprintf("Python has %s more, we nothing", token)
		}
		mine, _ := json.Marshal(ours[i])
		if want := string(bytes.ReplaceAll(token, []byte(" "), nil)); string(mine) != want {
			return fmt.Sprintf("token %d: we have %s, Python %s", i, mine, want)
		}
	}
	if len(ours) != len(theirs)-1 {
		return fmt.Sprintf("we have %d tokens, Python %d", len(ours), len(theirs)-1)
	}
	return ""
}

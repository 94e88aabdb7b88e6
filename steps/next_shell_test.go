package steps

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

// TestNextStepsStayWords checks that a shell parses each command into the same number of words, with no special
// characters, for any answers and folder names.
func TestNextStepsStayWords(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		runtime := rapid.SampledFrom([]scaffold.Runtime{scaffold.Container, scaffold.Warehouse}).Draw(rt, "runtime")
		app := func(name, file, streamlit, version string) scaffold.App {
			return scaffold.App{
				App:    scaffold.Identity{Name: name, MainFile: file, Runtime: runtime},
				Python: scaffold.Python{Streamlit: streamlit, Version: version},
			}
		}
		text := testtools.Hostile("x")
		dir, file := text.Draw(rt, "dir"), text.Draw(rt, "file")
		got := NextSteps(app(text.Draw(rt, "name"), file, text.Draw(rt, "streamlit"), text.Draw(rt, "version")), dir, false)
		want := NextSteps(app("x", "x", "x", "x"), "x", false)
		if len(got) != len(want) {
			rt.Fatalf("got %d commands, want %d", len(got), len(want))
		}
		for i := range got {
			words, plain := shellWords(rt, got[i].Command), shellWords(rt, want[i].Command)
			if len(words) != len(plain) {
				rt.Errorf("%q has the words %q, want as many as %q", got[i].Command, words, plain)
			}
			switch got[i].ID {
			case "cd":
				if words[1] != dir && words[1] != "./"+dir {
					rt.Errorf("%q changes to %q, want %q", got[i].Command, words[1], dir)
				}
			case "run":
				if last := words[len(words)-1]; last != file && last != "./"+file {
					rt.Errorf("%q runs %q, want %q", got[i].Command, last, file)
				}
			}
		}
	})
}

// shellWords splits a command into words as a POSIX shell does. An unquoted character with a special meaning is an
// error.
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03
func shellWords(t *rapid.T, command string) []string {
	var words []string
	var word strings.Builder
	within, quoted := false, false
	runes := []rune(command)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case quoted && r == '\'':
			quoted = false
		case quoted:
			word.WriteRune(r)
		case r == '\'':
			within, quoted = true, true
		case r == '\\' && i+1 < len(runes) && runes[i+1] != '\n':
			i++
			within = true
			word.WriteRune(runes[i])
		case r == ' ':
			if within {
				words = append(words, word.String())
			}
			within = false
			word.Reset()
		case strings.ContainsRune("\"$`;&|<>()*?[]#~!{}\n\t\r\\", r):
			t.Fatalf("%q has an unquoted %q", command, r)
		default:
			within = true
			word.WriteRune(r)
		}
	}
	if quoted {
		t.Fatalf("%q has an unclosed quote", command)
	}
	if within {
		words = append(words, word.String())
	}
	return words
}

package live

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"sleet/snowflake"
)

func TestScrubberHidesEveryFormOfAValue(t *testing.T) {
	t.Parallel()
	const value = `p@ss'word\with "all"` + "\nsecond line of it"
	var s Scrubber
	s.Hide(snowflake.NewSecret(value))
	for name, form := range map[string]string{
		"plain":   value,
		"literal": snowflake.Literal(value),
		"query":   "?token=" + url.QueryEscape(value),
		"base64":  base64.StdEncoding.EncodeToString([]byte(value)),
		"a line":  "second line of it",
		"cut":     "near '" + value[:9],
	} {
		got := s.Text("syntax error: " + form)
		for _, part := range []string{"p@ss", "word", "second line", base64.StdEncoding.EncodeToString([]byte(value))} {
			if strings.Contains(got, part) {
				t.Errorf("%s: %q still holds %q", name, got, part)
			}
		}
		if !strings.HasPrefix(got, "syntax error: ") {
			t.Errorf("%s: %q lost the text itself", name, got)
		}
	}
}

func TestVisibleShowsWhatWouldDriveTheTerminal(t *testing.T) {
	t.Parallel()
	got := Visible("a\x1b[2Jb\u202ec\x7f\x9b\n")
	if want := "a␛[2Jb�c␡�\n"; got != want {
		t.Errorf("Visible gives %q, want %q", got, want)
	}
}

func FuzzScrubber(f *testing.F) {
	f.Add("hunter22", "the value 'hunter22' is wrong")
	f.Fuzz(func(t *testing.T, value, text string) {
		if len(value) < shortest || strings.Contains(hidden, value) || strings.ContainsAny(value, "*") {
			t.Skip()
		}
		var s Scrubber
		s.Hide(snowflake.NewSecret(value))
		if got := s.Text(text + value + text); strings.Contains(got, value) && Visible(value) == value {
			t.Errorf("%q still holds %q", got, value)
		}
	})
}

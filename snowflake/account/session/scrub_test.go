package session

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/safely"
)

func TestScrubberHidesEveryFormOfAValue(t *testing.T) {
	t.Parallel()
	const value = `p@ss'word\with "all"` + "\nsecond line of it"
	var s scrubber
	s.Hide(snowflake.NewSecret(value))
	for name, form := range map[string]string{
		"plain":                  value,
		"literal":                snowflake.Literal(value),
		"query":                  "?token=" + url.QueryEscape(value),
		"base64":                 base64.StdEncoding.EncodeToString([]byte(value)),
		"a line":                 "second line of it",
		"cut":                    "near '" + value[:9],
		"cut inside":             "near '" + value[:18] + "…' in the statement",
		"base64 without padding": base64.RawStdEncoding.EncodeToString([]byte(value)),
		"Go":                     strconv.Quote(value),
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

func TestScrubberLeavesTheMessage(t *testing.T) {
	t.Parallel()
	var s scrubber
	s.Hide(snowflake.NewSecret("password123"))
	s.Hide(snowflake.NewSecret("a"))
	s.Hide(snowflake.Secret{})
	for text, want := range map[string]string{
		"Incorrect username or password was specified.": "Incorrect username or password was specified.",
		"SET x = 'a'": "SET x = '******'",
		"a":           "******",
		"a cat":       "a cat",
		"":            "",
	} {
		if got := s.Text(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func FuzzScrubber(f *testing.F) {
	f.Add("hunter22", "the value 'hunter22' is wrong")
	f.Add("p@ss'word\\with \"all\"\nsecond line", "%70@ss")
	f.Add("<b>&é😀", "{}")
	f.Fuzz(func(t *testing.T, value, text string) {
		if len(value) < shortest || strings.ContainsAny(value, "*") || safely.Visible(value) != value {
			t.Skip()
		}
		var s scrubber
		s.Hide(snowflake.NewSecret(value))
		for _, form := range []string{
			value, snowflake.Literal(value), strconv.Quote(value), url.QueryEscape(value), url.PathEscape(value),
			base64.StdEncoding.EncodeToString([]byte(value)), inJSON(value, true), inJSON(value, false),
		} {
			// The text before and after may contain the value, or complete it.
			if got := s.Text(text + form + text); strings.Contains(got, form) || strings.Contains(got, value) {
				t.Errorf("%q still holds %q", got, form)
			}
		}
		if cut := s.Text("near '" + value[:len(value)-1]); len(value) > shortest && strings.HasSuffix(cut, value[:len(value)-1]) {
			t.Errorf("%q still holds the beginning of %q", cut, value)
		}
	})
}

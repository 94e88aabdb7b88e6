package steps

import (
	"strings"
	"testing"

	"sleet/scaffold/validate"
	"sleet/ui/message"
)

// TestErrorWords checks that the text of an error is its English message, and that it has a Japanese one.
func TestErrorWords(t *testing.T) {
	one := []validate.Problem{{ID: "x"}}
	for _, err := range []error{
		&ProblemsError{Problems: one},
		&ProblemsError{Problems: append(one, one...)},
		&EditedFilesError{Paths: []string{"a", "b"}},
		&MissingFilesError{Dir: "demo", Paths: []string{"a", "b"}},
		&MissingFilesError{Dir: ".", NoAnswers: true},
		&MissingFilesError{Dir: "demo", NoAnswers: true, Own: true},
		&MissingFilesError{Dir: "demo", NoAnswers: true, Own: true, Below: []string{"apps/a", "apps/b"}},
		&MissingFilesError{Dir: "demo", NoAnswers: true, Own: true, Container: true},
		&MissingFilesError{Dir: "demo", NoAnswers: true, Own: true, Native: "app/manifest.yml"},
		&MissingFilesError{Dir: ".", Paths: []string{"streamlit_app.py"}, Own: true},
	} {
		text := message.Of(err)
		if got := text.In(message.For("en").T); got != err.Error() {
			t.Errorf("%T: English message %q, want %q", err, got, err)
		}
		got := text.In(message.For("ja").T)
		if got == err.Error() || strings.ContainsAny(got, "{}") || strings.Contains(got, "the ") {
			t.Errorf("%T: Japanese message %q", err, got)
		}
	}
}

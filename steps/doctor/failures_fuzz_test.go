package doctor

import "testing"

// FuzzKnown explains arbitrary lines of output.
func FuzzKnown(f *testing.F) {
	for _, line := range []string{
		"ModuleNotFoundError: No module named 'pandas'", "cannot import name 'x' from 'y'", "File does not exist: app.py", "", "002003 (02000): 'A'", "host='h' Max retries",
		"Because there are no versions of x==1 has no", "KeyError: 'a' secret", "\x1b[2J",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if known, ok := ExplainOutput(line); ok && (known.Meaning.IsZero() || known.Fix.IsZero()) {
			t.Errorf("Known(%q) has no meaning or fix", line)
		}
	})
}

package manifest

import (
	"errors"
	"strings"
	"testing"
)

// FuzzReadValues reads any secrets.toml. A value that looks like a credential must not be among the values that stay,
// or in an error.
func FuzzReadValues(f *testing.F) {
	const hush = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
	for _, seed := range []string{
		"token = \"%\"", "[a]\npassword = '%'\n", "a.b.\"c d\".api_key = \"%\"", "[[x]]\nkey = \"%\"", "x = [\"%\", { y = \"%\" }]", "%", "x = \"%", "\xff%",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		values, err := ReadValues([]byte(strings.ReplaceAll(text, "%", hush)))
		var file *FileError
		if err != nil && (!errors.As(err, &file) || strings.Contains(err.Error(), hush)) {
			t.Errorf("%T: %v", err, err)
		}
		for _, c := range values.Credentials {
			if c.Key == "" && c.Line == 0 { // TOML allows an empty key
				t.Errorf("a credential without a place in %q", text)
			}
		}
	})
}

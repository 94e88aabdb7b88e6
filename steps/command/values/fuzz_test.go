package values

import (
	"strings"
	"testing"

	"sleet/steps/command/exit"
	"sleet/steps/deploy"
)

// FuzzParseValues checks that parsing any file accepts only known parts, and that no error repeats a value.
func FuzzParseValues(f *testing.F) {
	for _, seed := range []string{
		"api_key = \"%\"", "login.username = '%'\nlogin.password = \"\"\"\n%\"\"\"", "[login]\nusername = \"%\"", "%", "x = %==", "api_key = [\"%\"]",
		"a.b.c.\"%\" = 1", "[[login]]\nusername = \"%\"", "api_key = 2026-01-01", "\x00%\xff", "api_key = { % = 1 }",
	} {
		f.Add(seed)
	}
	const hush = "s3cr3tstuff"
	f.Fuzz(func(t *testing.T, text string) {
		into := deploy.SecretValues{}
		err := parseValues("values.toml", []byte(strings.ReplaceAll(text, "%", hush)), someParts(), into)
		if err != nil && (strings.Contains(err.Error(), hush) || exit.Code(err) != exit.Invalid) {
			t.Errorf("exit code %d: %v", exit.Code(err), err)
		}
		for part := range into {
			if _, ok := findPart(someParts(), part.Key, part.Field); !ok {
				t.Errorf("unknown part %v", part)
			}
		}
	})
}

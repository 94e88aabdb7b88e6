package upload

import (
	"strings"
	"testing"

	"sleet/scaffold"
)

// FuzzCredentialInFile checks files with arbitrary names and contents for credentials, and reads
// arbitrary snowflake.yml files.
func FuzzCredentialInFile(f *testing.F) {
	for _, text := range []string{
		`{"type":"service_account","private_key":"x"}`, "[dev]\naccount='a'\npassword='b'\n", "-----BEGIN PRIVATE KEY-----\nMIIB\n", "\xff\xfe{\x00}\x00",
		"entities:\n  a:\n    type: streamlit\n    artifacts:\n      - a.py\n      - src: b/*\n        dest: c\n", "streamlit: *a\n", "a: &a [*a]\n",
		"\x30\x82", "password = 'hunter2hunter2'\n",
	} {
		for _, name := range []string{"a.json", "a.toml", "a.py", "a.pem", "snowflake.yml", "ID_RSA", ".Env", "/a/b.py", "//", ".."} {
			f.Add(name, []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		_ = credentialInFile(name, data)
		_ = publicKey(name, data)
		_ = hasProject(data)
		list := artifacts(data)
		_ = list.has(name)
		_ = namesIn([][]byte{data}).folder(name)
		class := classOf(scaffold.App{}, name)
		if class != neverSent && (strings.HasPrefix(name, "../") || strings.HasPrefix(name, "/")) {
			t.Errorf("classOf(%q) = %d, want neverSent", name, class)
		}
		if CredentialFile(name) && !CredentialFile(strings.ToUpper(name)) {
			t.Errorf("CredentialFile(%q) = true, CredentialFile(%q) = false", name, strings.ToUpper(name))
		}
	})
}

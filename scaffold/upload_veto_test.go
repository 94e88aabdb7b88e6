package scaffold

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestReadUpload holds what goes to the stage, what is left out and what stops.
func TestReadUpload(t *testing.T) {
	dir := t.TempDir()
	app := App{Values: map[string]any{"endpoint": "https://x"}}
	const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n"
	withheld := map[string]string{
		"key.p8": "-----BEGIN PRIVATE KEY-----\n", "certs/server.PEM": "x", "tls.key": "x", "id_rsa": "KEY", "keys/id_ed25519": "KEY",
		"connections.toml": "[x]\npassword=\"PW\"\n", "prod.env": "A=1", "service_account.json": `{"private_key":"x"}`,
		"google.json": `{"type": "service_account"}`, "notes.txt": key, "secrets.toml": "a = 1", "conf/secrets.prod.toml": "a = 1",
		"values.toml": "api_key = \"p1geon-h0le-42\"\n", "mine.toml": "[connections.dev]\naccount = \"a\"\npassword = \"correct-horse\"\n",
		"named.txt": "p1geon-h0le",
	}
	sent := map[string]string{
		"streamlit_app.py": "# reads -----BEGIN PRIVATE KEY----- from a secret\n", "data/cities.csv": "a,b\n", "data/plain.json": `{"type": "FeatureCollection"}`,
		"settings.toml": "[table]\nname = \"x\"\n", ".streamlit/config.toml": "[theme]\nbase = \"dark\"\n", "identity.py": "x = 1\n", "id_card.csv": "1\n",
		".streamlit/secrets.toml": string(secretsTOML(app.Resolve())),
	}
	put(t, dir, withheld)
	put(t, dir, sent)
	none := func([]byte) bool { return false }
	up, err := ReadUpload(app, dir, filepath.Join(dir, "named.txt"), none)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "sent", slices.Sorted(maps.Keys(sent)), slices.Sorted(maps.Keys(up.Files)))
	var names []string
	for _, w := range up.Withheld {
		names = append(names, w.Path)
		if w.Path == "named.txt" && w.Kind != ValuesFile {
			t.Errorf("%s is left out as %s", w.Path, w.Kind)
		}
	}
	slices.Sort(names)
	same(t, "withheld", slices.Sorted(maps.Keys(withheld)), names)
	if up.KeyInCode != "" || up.EditedSecrets != "" || up.Holding != nil {
		t.Errorf("it stops: %q, %q, %q", up.KeyInCode, up.EditedSecrets, up.Holding)
	}

	put(t, dir, map[string]string{"lib/vault.py": "KEY = \"\"\"" + key + "\"\"\"\n", "help.md": "call it with hunter2-hunter2"})
	put(t, dir, map[string]string{".streamlit/secrets.toml": sent[".streamlit/secrets.toml"] + "dev_password = \"DEV\"\n"})
	up, err = ReadUpload(app, dir, "", func(data []byte) bool { return bytes.Contains(data, []byte("hunter2-hunter2")) })
	if err != nil {
		t.Fatal(err)
	}
	same(t, "key", "lib/vault.py", up.KeyInCode)
	same(t, "edited", ".streamlit/secrets.toml", up.EditedSecrets)
	same(t, "holding", []string{"help.md"}, up.Holding)

	// What sleet wrote for answers that changed since is its own as well.
	app.Written = map[string]string{".streamlit/secrets.toml": Hash([]byte(sent[".streamlit/secrets.toml"]))}
	put(t, dir, map[string]string{".streamlit/secrets.toml": sent[".streamlit/secrets.toml"]})
	app.Values["endpoint"] = "https://y"
	if up, err = ReadUpload(app, dir, "", none); err != nil || up.EditedSecrets != "" {
		t.Errorf("%q, %v", up.EditedSecrets, err)
	}
}

// TestReadUploadByAnotherName holds that the file of the values is known by itself and not by its name.
func TestReadUploadByAnotherName(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	put(t, dir, map[string]string{"streamlit_app.py": "x\n", "numbers.txt": "1\n"})
	link := filepath.Join(outside, "link")
	if err := os.Symlink(filepath.Join(dir, "numbers.txt"), link); err != nil {
		t.Skip(err)
	}
	up, err := ReadUpload(App{}, dir, link, func([]byte) bool { return false })
	if _, sent := up.Files["numbers.txt"]; sent || err != nil {
		t.Errorf("%v, %v", up.Withheld, err)
	}
}

package upload

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/scaffold/testtools"
	"sleet/scaffold/workspace"
)

// TestReadUpload checks which files are uploaded, left out and vetoed.
func TestReadUpload(t *testing.T) {
	dir := t.TempDir()
	app := scaffold.App{Values: map[string]any{"endpoint": "https://x"}}
	left := map[string]Reason{
		"key.p8": KeyFile, "certs/server.PEM": KeyFile, "tls.key": KeyFile, "id_rsa": KeyFile, "keys/id_ed25519": KeyFile,
		"connections.toml": ConnectionsFile, "prod.env": EnvironmentFile, ".env": EnvironmentFile, "conf/secrets.prod.toml": SecretValues,
		"secrets.toml": SecretValues, "values.toml": Unreferenced, "named.txt": ValuesFile, "notes.docx": Unreferenced, "Makefile": Unreferenced,
		"environment.yml": OtherPackages, "other/dump.sqlite3": Unreferenced, ".streamlit/secrets.local.toml": SecretValues,
	}
	quiet := []string{
		"sleet.toml", "snowflake.yml", "sql/setup.sql", "tests/test_app.py", "tests/data/x.csv", ".git/config", "__pycache__/a.pyc", "env/pyvenv.cfg",
		"env/lib/site.py", "output/bundle/a.py",
	}
	sent := map[string]string{
		"streamlit_app.py": "# reads -----BEGIN PRIVATE KEY----- from a secret\nopen(\"settings.toml\")\nopen(f'models/{name}.pkl')\nPath('sql') / 'top.sql'\n" +
			"open('sql/named.sql')\nload(\"certs\" + \"/ca.pem\")\n",
		"data/cities.csv": "a,b\n", "data/plain.json": `{"type": "FeatureCollection"}`, "settings.toml": "[table]\nname = \"x\"\n",
		".streamlit/config.toml": "[theme]\nbase = \".streamlit/brand.toml\"\n", ".streamlit/brand.toml": "[theme]\nbase = \"dark\"\n",
		"identity.py": "x = 1\n", "id_card.csv": "1\n", "pages/one.py": "", "pyproject.toml": "[project]\nname = \"a\"\ndependencies = [\"x @ file:wheels/x.whl\"]\n",
		"models/a.pkl": "m", "sql/top.sql": "SELECT 1", "sql/named.sql": "SELECT 1", "certs/ca.pem": "-----BEGIN CERTIFICATE-----\n", "wheels/x.whl": "w",
		".streamlit/secrets.toml": string(generate.SecretsTOML(app.Resolve())), "listed/a.docx": "d", "deep/er/b.odt": "d", "tests/shared/c.bin": "c",
	}
	for name := range left {
		testtools.WriteFiles(t, dir, map[string]string{name: "secret things"})
	}
	for _, name := range quiet {
		testtools.WriteFiles(t, dir, map[string]string{name: "x"})
	}
	testtools.WriteFiles(t, dir, sent)
	testtools.WriteFiles(t, dir, map[string]string{"snowflake.yml": "definition_version: 2\nentities:\n  a:\n    type: streamlit\n    artifacts:\n" +
		"      - listed\n      - src: deep/**/*.odt\n        dest: x/\n      - tests/shared/*\n" +
		"  b:\n    type: procedure\n    artifacts: [other, Makefile]\n"})
	up, err := Read(app, dir, Guard{ValuesFile: filepath.Join(dir, "named.txt")})
	if err != nil {
		t.Fatal(err)
	}
	testtools.Equal(t, "sent", slices.Sorted(maps.Keys(sent)), slices.Sorted(maps.Keys(up.Files)))
	got := map[string]Reason{}
	for _, l := range up.Excluded {
		got[l.Path] = l.Why
	}
	testtools.Equal(t, "left out", left, got)
	if len(up.Vetoed) > 0 {
		t.Errorf("Vetoed = %v, want none", up.Vetoed)
	}
}

// TestReadUploadVeto checks which files stop the upload: those that the app needs or seems to need
// and that contain credentials.
func TestReadUploadVeto(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n"
	der := string(x509.MarshalPKCS1PrivateKey(rsaKey))
	app := scaffold.App{Values: map[string]any{"endpoint": "https://x"}}
	own := string(generate.SecretsTOML(app.Resolve()))
	opens := func(name string) string { return "open('" + name + "')\n" }
	tests := []struct {
		name, text, main, list string
		want                   Reason
	}{
		{"notes.txt", key, "", "", KeyFile},
		{"config.json", der, opens("config.json"), "", KeyFile},
		{"logo.png", der, "", "", KeyFile},
		{"lib/vault.py", der, "", "", KeyInCode},
		{"google.json", `{"type": "service_account"}`, "", "", AccountFile},
		{"service_account.json", "{}", "", "", AccountFile},
		{"lib/vault.py", "KEY = \"\"\"" + key + "\"\"\"\n", "", "", KeyInCode},
		{"help.md", "call it with hunter2-hunter2", "", "", HoldsValue},
		{"values.json", `{"a": 1}`, "", "", ""},
		{"values.json", `{"a": 1}`, opens("values.json"), "", ValuesFile},
		{"key.p8", "x", opens("keys/key.p8"), "", ""},
		{"key.p8", "x", opens("key.p8"), "", KeyFile},
		{"server.pem", key, opens("server.pem"), "", KeyFile},
		{"server.pem", "-----BEGIN CERTIFICATE-----\n", opens("server.pem"), "", ""},
		{"mine.toml", "[connections.dev]\naccount = \"a\"\npassword = \"correct-horse\"\n", opens("mine.toml"), "", ConnectionsFile},
		{"settings.toml", "api_key = \"p1geon-h0le-42\"\n", opens("settings.toml"), "", SecretValues},
		{"settings.toml", "api_key = \"p1geon-h0le-42\"\n", opens("settings.toml"), "settings.toml", ""},
		{"settings.toml", "api_key = \"hunter2-hunter2\"\n", opens("settings.toml"), "settings.toml", HoldsValue},
		{"connections.toml", "a = 1", "", "connections.toml", ConnectionsFile},
		{"prod.env", "A=1", "", "'*.env'", EnvironmentFile},
		{".env", "A=1", opens(".env"), "'.env'", ""},
		{".streamlit/secrets.toml", own, "", "", ""},
		{".streamlit/secrets.toml", own + "dev_password = \"DEV\"\n", "", "", EditedSecrets},
		{"requirements.txt", "--extra-index-url https://u:hunter2-hunter2@x\n", "", "", HoldsValue},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		testtools.WriteFiles(t, dir, map[string]string{tt.name: tt.text, "streamlit_app.py": tt.main})
		if tt.list != "" {
			testtools.WriteFiles(t, dir, map[string]string{"snowflake.yml": "entities:\n  a:\n    type: streamlit\n    artifacts: [" + tt.list + "]\n"})
		}
		guard := Guard{
			ValuesFile: filepath.Join(dir, "values.json"),
			Holds:      func(data []byte) bool { return bytes.Contains(data, []byte("hunter2-hunter2")) },
		}
		up, err := Read(app, dir, guard)
		if err != nil {
			t.Fatal(err)
		}
		var want []Excluded
		if tt.want != "" {
			want = []Excluded{{tt.name, tt.want}}
		}
		if !slices.Equal(up.Vetoed, want) {
			t.Errorf("Read with %s = %q and main file %q: Vetoed = %v, want %v", tt.name, tt.text, tt.main, up.Vetoed, want)
		}
	}

	// A secrets.toml that sleet wrote for older answers is accepted too.
	dir := t.TempDir()
	testtools.WriteFiles(t, dir, map[string]string{".streamlit/secrets.toml": own, "streamlit_app.py": ""})
	app.Written = map[string]string{".streamlit/secrets.toml": workspace.Hash([]byte(own))}
	app.Values["endpoint"] = "https://y"
	if up, err := Read(app, dir, Guard{}); err != nil || len(up.Vetoed) > 0 {
		t.Errorf("Vetoed = %v, %v; want none", up.Vetoed, err)
	}
}

// TestArtifactPatterns checks that the patterns of snowflake.yml match what those of the CLI match,
// and that matching is fast.
func TestArtifactPatterns(t *testing.T) {
	tests := []struct {
		pattern string
		takes   []string
		not     []string
	}{
		{"a", []string{"a", "a/b"}, []string{"ab", "b/a"}},
		{"./a/", []string{"a", "a/b/c"}, []string{"b"}},
		{"*", []string{"a", "a/b"}, []string{"sql/a", "tests/b"}},
		{".", []string{"a", "a/b"}, []string{"SQL/a"}},
		{"**/*.x", []string{"a.x", "a/b.x", "a/b/c.x", "d.x/e"}, []string{"a.y"}},
		{"sql/**", []string{"sql/a", "sql/b/c"}, []string{"a"}},
		{"a/**/b", []string{"a/b", "a/x/b", "a/x/y/b/z"}, []string{"b", "x/a/b"}},
		{"[", nil, []string{"["}},
		{"../a", nil, []string{"a"}},
		{"/a", []string{"/a", "/a/b"}, []string{"a", "/", "/b", "//"}},
		{strings.Repeat("**/*/", 300) + "x", nil, []string{strings.Repeat("a/", 200) + "y"}},
	}
	for _, tt := range tests {
		l := artifacts([]byte("streamlit:\n  additional_source_files:\n    - '" + tt.pattern + "'\n"))
		for _, file := range tt.takes {
			if !l.has(file) {
				t.Errorf("pattern %s does not match %s", tt.pattern, file)
			}
		}
		for _, file := range tt.not {
			if l.has(file) {
				t.Errorf("pattern %s matches %s", tt.pattern, file)
			}
		}
	}
}

// TestReadUploadByAnotherName checks that the values file is recognized by its identity, not by its
// name.
func TestReadUploadByAnotherName(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	testtools.WriteFiles(t, dir, map[string]string{"streamlit_app.py": "x\n", "numbers.txt": "1\n"})
	link := filepath.Join(outside, "link")
	if err := os.Symlink(filepath.Join(dir, "numbers.txt"), link); err != nil {
		t.Skip(err)
	}
	up, err := Read(scaffold.App{}, dir, Guard{ValuesFile: link})
	if _, sent := up.Files["numbers.txt"]; sent || err != nil {
		t.Errorf("the values file is uploaded: left out %v, %v", up.Excluded, err)
	}
}

package manifest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold/migrate/change"
)

const config = `# The company's look.

[theme]
base = "dark" # brand
# accent
primaryColor = "#ff0000"

# only on my machine
[server]
port = 8501
# big files
maxUploadSize = 400

# nobody needs this
[browser]
gatherUsageStats = false

[snowflake.sleep]
streamlitSleepTimeoutMinutes = 30

[client]
toolbarMode = "minimal"
showErrorDetails = false

[logger]
level = "info"
`

func TestReadConfig(t *testing.T) {
	edits, kept, err := ReadConfig([]byte(config))
	if err != nil {
		t.Fatal(err)
	}
	got, err := change.ApplyEdits([]byte(config), edits)
	if err != nil {
		t.Fatal(err)
	}
	want := `# The company's look.

[theme]
base = "dark" # brand
# accent
primaryColor = "#ff0000"

# only on my machine
[server]
# big files
maxUploadSize = 400

[client]
showErrorDetails = false
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	wantKept := map[string]any{
		"theme.base": "dark", "theme.primaryColor": "#ff0000", "server.maxUploadSize": int64(400), "client.showErrorDetails": false,
	}
	if diff := cmp.Diff(wantKept, kept); diff != "" {
		t.Error(diff)
	}
	symbols := make([]string, 0, len(edits))
	for _, e := range edits {
		symbols = append(symbols, e.Symbol)
	}
	if got := strings.Join(symbols, " "); got != "server.port browser snowflake.sleep client.toolbarMode logger" {
		t.Error(got)
	}
	if again, _, err := ReadConfig(got); err != nil || len(again) > 0 {
		t.Errorf("the second time: %v, %v", again, err)
	}
}

func TestReadConfigForms(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"server.port = 1\ntheme.base = 'dark'\n", "theme.base = 'dark'\n"},
		{"\r\n[server]\r\nport = 1\r\n\r\n[theme]\r\nbase='dark'\r\n", "\r\n[theme]\r\nbase='dark'\r\n"},
		{"theme = { base = 'dark' }\nserver = { port = 1 }", "theme = { base = 'dark' }\n"},
		{"[server]\nport = 1", ""},
		{"[theme]\nbase='dark'\n\n\n[server]\nport = 1\n", "[theme]\nbase='dark'\n"},
		{"[server]\n# port = 1\n", "[server]\n# port = 1\n"},
		{"\ufeff[server]\nport = 1\n[theme]\nbase='dark'\n", "\ufeff[theme]\nbase='dark'\n"},
		{"", ""},
	} {
		edits, _, err := ReadConfig([]byte(c.in))
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		got, err := change.ApplyEdits([]byte(c.in), edits)
		if err != nil || string(got) != c.want {
			t.Errorf("%q: got %q, %v, want %q", c.in, got, err, c.want)
		}
	}
}

func TestReadValues(t *testing.T) {
	const secret = "sk-live-51H8xqJ2eZvKYlo2C"
	v, err := ReadValues([]byte("region = 'eu'\n\n# mine\napi_key = '" + secret + "'\n[db]\nhost = 'h'\npassword = '" + secret + "'\n[only]\ntoken = '" + secret + "'\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"region": "eu", "db": map[string]any{"host": "h"}}, v.Plain); diff != "" {
		t.Error(diff)
	}
	places := map[string]int{}
	for _, c := range v.Credentials {
		places[c.Key] = c.Line
	}
	if diff := cmp.Diff(map[string]int{"api_key": 4, "db.password": 7, "only.token": 9}, places); diff != "" {
		t.Error(diff)
	}
	_, err = ReadValues([]byte("a = 1\napi_key = " + secret + "\n"))
	if fault, ok := err.(*FileError); !ok || fault.Line != 2 || strings.Contains(err.Error(), "sk-") { //nolint:errorlint // never wrapped
		t.Errorf("got %v", err)
	}
}

func FuzzReadConfig(f *testing.F) {
	f.Add([]byte(config))
	f.Add([]byte("server={port=1,maxUploadSize=2}\n[[theme.fontFaces]]\nfamily='x'\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		edits, _, err := ReadConfig(data)
		if err != nil {
			return
		}
		got, err := change.ApplyEdits(data, edits)
		if err != nil {
			t.Fatal(err)
		}
		var v map[string]any
		if err := toml.Unmarshal([]byte(strings.TrimPrefix(string(got), "\ufeff")), &v); err != nil {
			t.Fatalf("%q became %q: %v", data, got, err)
		}
		if again, _, err := ReadConfig(got); err != nil || len(again) > 0 {
			t.Fatalf("%q became %q, and then %v, %v", data, got, again, err)
		}
		if _, err := ReadValues(data); err != nil {
			t.Fatal(err)
		}
	})
}

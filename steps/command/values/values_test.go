package values

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/deploy"
)

// someParts are the parts of a string and of a password.
func someParts() []deploy.ValuePart {
	return []deploy.ValuePart{{Key: "api_key"}, {Key: "login", Field: "username"}, {Key: "login", Field: "password"}}
}

func TestGatherValues(t *testing.T) {
	for name, c := range map[string]struct {
		environ []string
		file    string
		want    string // parts and values, in order
	}{
		"nothing":              {nil, "", ""},
		"environment":          {[]string{"SLEET_SECRET_API_KEY=k1"}, "", "api_key=k1"},
		"file":                 {nil, `api_key = "k2"`, "api_key=k2"},
		"file over environ":    {[]string{"SLEET_SECRET_API_KEY=k1"}, `api_key = "k2"`, "api_key=k2"},
		"dotted keys":          {nil, "login.username = \"u\"\nlogin.password = \"p\"", "login.username=u login.password=p"},
		"table":                {nil, "[login]\nusername = \"u\"\npassword = \"p\"", "login.username=u login.password=p"},
		"case of a key":        {nil, `API_KEY = "k"`, "api_key=k"},
		"environment password": {[]string{"SLEET_SECRET_LOGIN_USERNAME=u", "SLEET_SECRET_LOGIN_PASSWORD=p"}, "", "login.username=u login.password=p"},
		"half and half":        {[]string{"SLEET_SECRET_LOGIN_USERNAME=u"}, `login.password = "p"`, "login.username=u login.password=p"},
		"several lines":        {nil, "api_key = '''\na\nb'''", "api_key=a\nb"},
	} {
		t.Run(name, func(t *testing.T) {
			host := machine.Host{In: strings.NewReader(c.file), Environ: c.environ}
			from := ""
			if c.file != "" {
				from = "-"
			}
			values, err := Gather(context.Background(), host, from, someParts())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range someParts() {
				if v, ok := values[p]; ok {
					got = append(got, p.String()+"="+v.Reveal())
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestGatherValuesRefuses checks that values which are not valid exit with code 2, and that no error repeats them.
func TestGatherValuesRefuses(t *testing.T) {
	const hush = "s3cr3tstuff"
	for name, c := range map[string]struct {
		environ []string
		file    string
		want    string
	}{
		"raw value":          {nil, hush, "standard input:1"},
		"raw value with =":   {nil, hush + `="` + hush + `"`, "not the value of a secret"},
		"base64":             {nil, "x = " + hush + "==", "standard input:1"},
		"unknown key":        {nil, "api_key = \"x\"\n" + hush + ` = "x"`, "standard input:2"},
		"unknown field":      {nil, "login." + hush + ` = "x"`, "login.username, login.password"},
		"string as password": {nil, `login = "` + hush + `"`, "login.username"},
		"table as string":    {nil, `api_key.password = "` + hush + `"`, "not the value of a secret"},
		"number":             {nil, "api_key = 12345678", "in quotes"},
		"list":               {nil, `api_key = ["` + hush + `"]`, "in quotes"},
		"half":               {[]string{"SLEET_SECRET_LOGIN_USERNAME=" + hush}, "", "SLEET_SECRET_LOGIN_PASSWORD"},
		"colon":              {[]string{"SLEET_SECRET_LOGIN_USERNAME=" + hush + ":", "SLEET_SECRET_LOGIN_PASSWORD=p"}, "", "colon"},
		"empty in file":      {nil, `api_key = ""`, "empty"},
		"duplicate":          {nil, "api_key = \"" + hush + "\"\napi_key = \"" + hush + `"`, "standard input"},
	} {
		t.Run(name, func(t *testing.T) {
			host := machine.Host{In: strings.NewReader(c.file), Environ: c.environ}
			from := ""
			if c.file != "" {
				from = "-"
			}
			_, err := Gather(context.Background(), host, from, someParts())
			if err == nil || !strings.Contains(err.Error(), c.want) || exit.Code(err) != exit.Invalid {
				t.Fatalf("%v; want %q and exit code %d", err, c.want, exit.Invalid)
			}
			if strings.Contains(err.Error(), hush) || strings.Contains(err.Error(), "12345678") {
				t.Errorf("the error repeats what was given: %v", err)
			}
		})
	}
}

func TestGatherValuesFromFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "v.toml"), []byte(`api_key = "k"`), 0o600); err != nil {
		t.Fatal(err)
	}
	host := machine.Host{Dir: dir}
	values, err := Gather(context.Background(), host, "v.toml", someParts())
	if err != nil || values[deploy.ValuePart{Key: "api_key"}].Reveal() != "k" {
		t.Errorf("%v, %v", values, err)
	}
	if _, err := Gather(context.Background(), host, "none.toml", someParts()); exit.Code(err) != exit.Invalid {
		t.Errorf("a file that does not exist: %v", err)
	}
}

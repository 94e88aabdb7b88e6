package steps

import "testing"

func TestHostOf(t *testing.T) {
	for text, want := range map[string]string{
		"https://api.example.com/v1/weather?q=1": "api.example.com",
		"http://api.example.com:8080/":           "api.example.com:8080",
		"https://user@api.example.com:443":       "api.example.com",
		" https://api.example.com ":              "api.example.com",
		"api.example.com":                        "",
		"api.example.com:8443":                   "",
		"*.example.com":                          "",
		"https://":                               "",
		"ftp://files.example.com":                "",
	} {
		host, changed := HostOf(text)
		if changed != (want != "") || changed && host != want {
			t.Errorf("HostOf(%q) = %q, %t; want %q", text, host, changed, want)
		}
	}
}

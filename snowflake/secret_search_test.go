package snowflake_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"

	"sleet/snowflake"
)

// TestSecretIn holds in which forms a value is found in a file, and which texts are none.
func TestSecretIn(t *testing.T) {
	const value = `p1ge"on/h0le\ü+42`
	quoted, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune("KEY=" + value)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	key := "-----BEGIN KEY-----\n" + strings.Repeat("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n", 2) + "-----END KEY-----\n"
	tests := []struct {
		name, value, text string
		want              bool
	}{
		{"as it is", value, "a = '" + value + "'", true},
		{"JSON", value, string(quoted), true},
		{"JSON with slashes", value, strings.ReplaceAll(string(quoted), "/", `\/`), true},
		{"a query", value, "https://x/?k=" + url.QueryEscape(value), true},
		{"an address", value, "https://u:" + url.PathEscape(value) + "@x", true},
		{"base64", value, base64.StdEncoding.EncodeToString([]byte(value)), true},
		{"base64 of a pair", value, "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+value)), true},
		{"base64 of a longer pair", value, base64.URLEncoding.EncodeToString([]byte("a:" + value + "\n")), true},
		{"UTF-16", value, string(wide), true},
		{"within a word", "hunter2", "xhunter2y", true},
		{"blanks beside it", " hunter2\n", "hunter2", true},
		{"a key", key, strings.ReplaceAll(key, "\n", "\r\n"), true},
		{"a key in one line", key, strings.ReplaceAll(key, "\n", `\n`), true},
		{"short, a word", "a1b2", "pw: a1b2,", true},
		{"short, at the end", "a1b2", "pw=a1b2", true},
		{"short, within a word", "a1b2", "xa1b2 a1b2c", false},
		{"short, within a word and then a word", "a1b2", "xa1b2 a1b2", true},
		{"short, letters alone", "demo", "demo", false},
		{"very short", "a1", "a1", false},
		{"none", "", "x", false},
		{"another case", "THE-SECRET", "the-secret", false},
		{"two lines", "two\nlines\n", "x = 'two\nlines'", true},
		{"two lines, written in one", "two\nlines\n", `"two\nlines\n"`, true},
		{"another", value, "a = 1", false},
	}
	for _, tt := range tests {
		if got := snowflake.NewSecret(tt.value).In([]byte(tt.text)); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
}

package snowflake_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"

	"sleet/snowflake"
)

// utf16BE returns a text in big-endian UTF-16.
func utf16BE(text string) []byte {
	var data []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		data = append(data, byte(unit>>8), byte(unit))
	}
	return data
}

// FuzzReadings decodes arbitrary texts, and checks that a value is found in its JSON form.
func FuzzReadings(f *testing.F) {
	for _, text := range []string{`\u`, `\ud83d\u0041`, "%", "%4", "&amp", "\xff\xfe\x00", "\\", strings.Repeat("QUJD", 20) + "\nQUJD\n", `\U7fffffff`, "ééé"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		readings := snowflake.ReadingsOf(text)
		if len(readings) == 0 || !bytes.Equal(readings[0], text) {
			t.Errorf("ReadingsOf(%q) = %q, want the text first", text, readings)
		}
		if own := strings.TrimSpace(string(text)); len(own) > 5 && !snowflake.NewSearch(snowflake.NewSecret(own)).In(readings) {
			t.Errorf("Search(%q) does not find the text in itself", text)
		}
		const value = "hunter2 \\ é"
		data, err := json.Marshal([]string{value, string(bytes.ToValidUTF8(text, nil))})
		if err != nil {
			t.Fatal(err)
		}
		if !snowflake.NewSearch(snowflake.NewSecret(value)).In(snowflake.ReadingsOf(data)) {
			t.Errorf("Search does not find the value in %s", data)
		}
	})
}

// TestSecretIn checks in which forms a value is found in a file, and which texts do not contain it.
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
	wider := []byte{0, 0, 0xfe, 0xff}
	for _, r := range value {
		wider = binary.BigEndian.AppendUint32(wider, uint32(r))
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
		{"UTF-16 with escapes", value, "\xfe\xff" + string(utf16BE(`"p1ge\"on/h0le\\\u00FC+42"`)), true},
		{"UTF-32", value, string(wider), true},
		{"JSON without other letters", value, `"p1ge\"on\/h0le\\\u00fc+42"`, true},
		{"JSON for HTML", "a<b>c&d😀e", `"a\u003cb\u003ec\u0026d\ud83d\ude00e"`, true},
		{"Python", value, `'p1ge"on/h0le\\\xfc+42'`, true},
		{"TOML", "a😀bcdef", `"a\U0001F600bcdef"`, true},
		{"HTML", `a<b>"c&d`, "<p>a&lt;b&gt;&#34;c&amp;d</p>", true},
		{"an address in small letters", value, strings.ToLower(url.QueryEscape(value)), true},
		{"base64 in lines", value, base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", 50) + value))[:76] + "\r\n" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", 50) + value))[76:] + "\r\n", true},
		{"hexadecimal digits", value, "0x" + hex.EncodeToString([]byte(value)), true},
		{"Latin-1", value, "p1ge\"on/h0le\\\xfc+42", true},
		{"accents apart", value, "p1ge\"on/h0le\\u\u0308+42", true},
		{"escapes that are none", `a\xzzz%zz\u12`, `a\xzzz%zz\u12`, true},
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
		if got := snowflake.NewSearch(snowflake.NewSecret("another-value"), snowflake.NewSecret(tt.value)).In(snowflake.ReadingsOf([]byte(tt.text))); got != tt.want {
			t.Errorf("%s: In = %t, want %t", tt.name, got, !got)
		}
	}
}

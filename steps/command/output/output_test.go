package output_test

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"sleet/steps/command/output"
)

// TestJSONCannotControlTerminals checks that JSON has no character that controls a terminal, and the same values.
func TestJSONCannotControlTerminals(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for r := range rune(0x300) {
		all.WriteRune(r)
	}
	all.WriteString("<日本> \u202e\u2066\u2028\ufeff\U000e0041 é")
	value := map[string]string{all.String(): all.String()}
	for name, printed := range map[string]func(io.Writer, any) error{"JSON": output.JSON, "JSONLine": output.JSONLine} {
		var b strings.Builder
		if err := printed(&b, value); err != nil {
			t.Fatal(err)
		}
		for _, r := range b.String() {
			if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u00ad\u202e\u2066\u2028\ufeff\U000e0041", r) {
				t.Errorf("%s prints %U", name, r)
			}
		}
		if !strings.Contains(b.String(), "<日本>") {
			t.Errorf("%s escapes more than it must: %s", name, b.String())
		}
		var got map[string]string
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got[all.String()] != all.String() {
			t.Errorf("%s: %v; read back: %q", name, err, got)
		}
	}
}

// full is a stream that accepts nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestJSONReportsFullDisk(t *testing.T) {
	t.Parallel()
	if err := output.JSONLine(full{}, 1); err == nil {
		t.Error("no error")
	}
}

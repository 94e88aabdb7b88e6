package message_test

import (
	"testing"

	"sleet/ui/message"
)

func TestMaskURLs(t *testing.T) {
	for _, c := range [][2]string{
		{"plain", "plain"},
		{"https://example.com/a@b", "https://example.com/a@b"},
		{"https://u:p@example.com/x", "https://***@example.com/x"},
		{"https://token@example.com", "https://***@example.com"},
		{"https://u:p@ss@example.com/x", "https://***@example.com/x"},
		{"a https://u:p@x.com, git+https://t@y.com/z and c@d", "a https://***@x.com, git+https://***@y.com/z and c@d"},
		{"git+ssh://git@example.com/x", "git+ssh://git@example.com/x"},
		{"git+ssh://git:pw@example.com/x", "git+ssh://***@example.com/x"},
		{`"https://u:p@x.com"`, `"https://***@x.com"`},
		{"foo @ https://u:p@x.com/foo.whl", "foo @ https://***@x.com/foo.whl"},
	} {
		if got := message.MaskURLs(c[0]); got != c[1] {
			t.Errorf("MaskURLs(%s) = %s, want %s", c[0], got, c[1])
		}
	}
	if got := message.Verbatim("https://u:p@x.com").String(); got != "https://***@x.com" {
		t.Errorf("the message contains the password: %s", got)
	}
}

package steps

import (
	"testing"

	"sleet/snowflake"
	"sleet/ui/words"
)

func TestSay(t *testing.T) {
	known := snowflake.Said("ui.frame.step", "at {Step} of {Steps}", "Step", 2, "Steps", 9)
	unknown := snowflake.Said("no.such.text", "it is {what}, at {where}", "what", known, "where", snowflake.Verbatim("{x}"))
	for _, c := range []struct {
		lang string
		text snowflake.Text
		want string
	}{
		{"en", snowflake.Text{}, ""},
		{"en", known, "step 2 of 9"},
		{"ja", known, "ステップ 2/9"},
		{"ja", unknown, "it is ステップ 2/9, at {x}"},
	} {
		if got := Say(words.For(c.lang).T, c.text); got != c.want {
			t.Errorf("%s: %q, not %q", c.lang, got, c.want)
		}
	}
}

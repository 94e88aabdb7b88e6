package steps

import (
	"regexp"
	"strings"
	"testing"

	"sleet/scaffold/answers"
	"sleet/ui/message"
)

// TestAnswersErrors checks the errors of broken answers in Japanese, and that the English message is the error's own
// text.
func TestAnswersErrors(t *testing.T) {
	for text, want := range map[string]string{
		"version = 2":                    "a.toml:1:11: version は 1 にしてください。この sleet が読めるのはそれだけです。version = 1 と書くか、新しい sleet を使ってください",
		"[app]\nname = 1":                "a.toml:2:8: app.name は整数ではなく、引用符で囲んだ文字列にしてください。name = \"1\" と書いてください",
		"[app]\nruntime = \"contaner\"":  "a.toml:2:11: app.runtime に書けるのは \"container\" または \"warehouse\" です (現在は \"contaner\")。\"container\" ではありませんか?",
		"[app]\nnme = \"x\"":             "a.toml:2:1: [app] にキー \"nme\" はありません。\"name\" ではありませんか?",
		"a = {b=1 c=2}":                  "a.toml:1:10: 波括弧のテーブルのここには、カンマか } が必要です。{ a = 1, b = 2 } のように 1 行で書いてください",
		"[app]\nname = \"a\"\nname = \"": "a.toml:3:8: 引用符の文字列が閉じていません。同じ行で、始めと同じ引用符で閉じてください",
	} {
		_, err := answers.Parse("a.toml", []byte(text))
		if err == nil {
			t.Errorf("Parse(%q) succeeds, want an error", text)
			continue
		}
		if got := message.Of(err).In(message.For("en").T); got != err.Error() {
			t.Errorf("Parse(%q): English message %q, want %q", text, got, err)
		}
		got := message.Of(err).In(message.For("ja").T)
		if got != want || strings.Contains(got, "no value") || regexp.MustCompile(`{{|\{\w+\}`).MatchString(got) {
			t.Errorf("Parse(%q): Japanese message\n%s\nwant\n%s", text, got, want)
		}
	}
}

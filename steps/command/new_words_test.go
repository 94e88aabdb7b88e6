package command

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// TestNewInJapanese runs new without a screen: text for a person is in Japanese, JSON is not.
func TestNewInJapanese(t *testing.T) {
	run := func(args ...string) (code int, out, prose string) {
		var o, e bytes.Buffer
		host := machine.Host{In: strings.NewReader(""), Out: &o, Err: &e, Dir: t.TempDir(), Environ: append(os.Environ(), "LC_ALL=C")}
		code = Run(context.Background(), append([]string{"new", "demo"}, args...), host)
		return code, o.String(), e.String()
	}
	for _, c := range []struct {
		args        []string
		code        int
		out, prose  string
		noneOfThese []string
	}{
		{[]string{"--yes", "--lang", "ja"}, exit.Success, "新規      streamlit_app.py", "次のステップ:\n  # アプリのフォルダーに移動する\n  cd demo", []string{"Next", "new  "}},
		{[]string{"--yes", "--lang", "ja", "--secret", "class"}, exit.Invalid, "", "エラー: secrets[0].key: キー \"class\" は Python のキーワードです\n  修正: ", []string{"error", "answers have"}},
		{[]string{"--lang", "ja"}, exit.Invalid, "", "sleet: ターミナルがありません", []string{"nobody"}},
		{[]string{"--yes", "--lang", "ja", "--set", "app.runtime=x"}, exit.Invalid, "", "sleet: 回答を使用できません: --set app.runtime: app.runtime に書けるのは", []string{"cannot"}},
		{[]string{"--yes", "--lang", "ja", "--json", "--secret", "class"}, exit.Invalid, `the key \"class\" is a Python keyword`, "キーワード", nil},
		{[]string{"--yes"}, exit.Success, "new       streamlit_app.py", "Next:\n  # go to the app's folder\n  cd demo", nil},
	} {
		code, out, prose := run(c.args...)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(prose, c.prose) {
			t.Errorf("%v: %d\n%s\n%s\nwant %d, %q and %q", c.args, code, out, prose, c.code, c.out, c.prose)
		}
		for _, word := range c.noneOfThese {
			if strings.Contains(out+prose, word) {
				t.Errorf("%v prints %q:\n%s%s", c.args, word, out, prose)
			}
		}
	}
}

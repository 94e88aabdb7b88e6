package command

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// TestErrorsInJapanese checks that errors of the command line have no English sentences in Japanese.
func TestErrorsInJapanese(t *testing.T) {
	sentence := regexp.MustCompile(`[A-Za-z']+(?: [A-Za-z']+){2,}`)
	for _, line := range []string{
		"check /nonexist", "check --format x .", "check --runtime x .", "check --select QQ .", "check -j 0 .", "check --streamlit x .",
		"check --lang xx .", "check --foo", "check --format", "check -j x", "check -Z", "completion", "frobnicate", "nwe",
		"new a b", "connections a", "demo --addr x", "demo --addr 0.0.0.0:1", "new x --secret :", "new x --secret a:b", "new x --secret a:password:c",
		"new x --answers /nonexist", "apply a b", "migrate /nonexist --yes", "destroy /nonexist --yes --demo", "logs --since x", "doctor /nonexist",
	} {
		var out bytes.Buffer
		host := machine.Host{Out: &out, Err: &out, Dir: t.TempDir(), In: strings.NewReader("")}
		if code := Run(context.Background(), append([]string{"--lang", "ja"}, strings.Fields(line)...), host); code == exit.Success {
			t.Errorf("%s is accepted", line)
		}
		for said := range strings.SplitSeq(strings.TrimSpace(out.String()), "\n") {
			said = strings.ReplaceAll(said, "no such file or directory", "")
			if english := sentence.FindString(said); english != "" && !strings.Contains(line, "--lang xx") && !strings.HasPrefix(said, "  ") {
				t.Errorf("%s: %q in %q", line, english, said)
			}
		}
	}
}

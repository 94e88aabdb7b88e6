//go:build unix

package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/testtools"
)

// checked returns the time to check an app with a number of secrets.
func checked(t *testing.T, secrets int) time.Duration {
	t.Helper()
	var answers, code strings.Builder
	answers.WriteString("version = 1\n[app]\nruntime = \"container\"\n")
	code.WriteString("import streamlit as st\n")
	for i := range secrets {
		fmt.Fprintf(&answers, "[[secrets]]\nkey = \"k%d\"\naccess = \"st.secrets\"\n", i)
		fmt.Fprintf(&code, "st.write(st.secrets[\"k%d\"])\n", i)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"sleet.toml": answers.String(), "streamlit_app.py": code.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var apps []*existing.App // one for each run, because the app caches its findings
	for range testtools.Runs {
		folder, err := existing.Read(dir)
		if err != nil || folder.Apps[0].Answers == nil {
			t.Fatalf("%v: the answers are not read", err)
		}
		apps = append(apps, folder.Apps[0])
	}
	return testtools.CPUTime(func() {
		check.Findings(apps[0], facts.Options{Runtime: scaffold.Container})
		apps = apps[1:]
	})
}

// TestCheckIsLinear checks that the time of a check is proportional to the size of the app.
func TestCheckIsLinear(t *testing.T) {
	few, many := checked(t, 60), checked(t, 480)
	// Eight times as many take 10 to 20 times as long on a busy machine, and 64 times as long in a quadratic check.
	if t.Logf("60 secrets: %s, 480: %s", few, many); many > 32*few {
		t.Errorf("480 secrets take %s, 60 take %s", many, few)
	}
}

package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// TestWaveFolders checks that each app has its own folder below the one that was named, for any app name.
func TestWaveFolders(t *testing.T) {
	t.Parallel()
	texts := []string{
		`D.S."../../etc"`, `D.S.".."`, `D.S."/tmp/x"`, `D.S."a b"`, `D.S."a.b"`, `D.S."a_b"`, `D.S.A_B`, `D.S."-rf"`, `D.S."日本"`, `D.S."日　本"`,
		`D.S."C:\x"`, `D.S."NUL"`, `A.B.C`, `"a_b".C.D`, `A."b_c".D`, `X.Y.D`, `D.S."a_b_c"`,
	}
	var names []snowflake.Name
	for _, text := range texts {
		name, err := snowflake.ParseName(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		names = append(names, name)
	}
	seen := map[string]string{}
	for i, folder := range waveFolders(names) {
		if !filepath.IsLocal(folder) || strings.ContainsAny(folder, `/\:`) || strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "-") {
			t.Errorf("the folder of %s is %q", texts[i], folder)
		}
		if other := seen[strings.ToLower(folder)]; other != "" {
			t.Errorf("%s and %s have the same folder, %q", other, texts[i], folder)
		}
		seen[strings.ToLower(folder)] = texts[i]
	}
}

// TestWaveList reads lists that somebody else wrote.
func TestWaveList(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := filepath.Join(dir, "list")
	for text, want := range map[string]string{
		"D.S.A\nD.S.A # twice\n\"d\".S.B\n":                                `D.S.A, "d".S.B`,
		"name,runtime\n\"D.S.\"\"x;'=1\"\"\",warehouse\nD.S.C,container\n": `D.S."x;=1"`,
		`{"apps":[{"name":"D.S.A","runtime":"warehouse"}]}`:                "D.S.A",
		`{"apps":` + strings.Repeat("[", 20000):                            "",
		"A.B\n":                                                            "",
		"D.S.A; DROP TABLE X\n":                                            `D.S."A; DROP TABLE X"`,
		"A..B..C.D\n":                                                      "",
		"":                                                                 "",
	} {
		if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		names, err := waveNames(t.Context(), list)
		var got []string
		for _, name := range names {
			got = append(got, name.SQL())
		}
		if strings.Join(got, ", ") != want || (err != nil) != (want == "") {
			t.Errorf("names in %.60q: %q, %v", text, got, err)
		}
	}
	if err := os.WriteFile(list, make([]byte, machine.MaxInput+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := waveNames(t.Context(), list); !errors.Is(err, safely.ErrTooLarge) {
		t.Errorf("an endless list: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := waveNames(ctx, "/dev/tty"); err == nil {
		t.Error("a terminal is read as a list")
	}
}

// TestWaveWritesNothingElsewhere puts a link to another folder where an app's folder would be.
func TestWaveWritesNothingElsewhere(t *testing.T) {
	t.Parallel()
	p := surveyed(t, 2)
	elsewhere := t.TempDir()
	if err := os.MkdirAll(filepath.Join(p.dir, "moved"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(p.dir, "moved", "app_0001")); err != nil {
		t.Skip(err)
	}
	write(t, filepath.Join(p.dir, "list.txt"), "TEAM_01.APPS.APP_0001\n")
	if said := p.run(exit.Failure, "migrate", "moved", "--wave", "list.txt", "--yes", "--no-lock"); !strings.Contains(said, "not a folder") {
		t.Errorf("output:\n%s", said)
	}
	if entries, err := os.ReadDir(elsewhere); err != nil || len(entries) > 0 {
		t.Errorf("the other folder has %v, %v", entries, err)
	}
}

//go:build unix

package command

import (
	"path/filepath"
	"strings"
	"testing"

	"sleet/steps/command/exit"
)

// press is what a person does on one screen: wait for a text, type their own text, and press keys.
type press struct {
	sees, text string
	keys       []string
}

// TestKeysOfTheShortPath counts the key presses from the first screen to the end of the program. The person's own text,
// such as a name, does not count.
func TestKeysOfTheShortPath(t *testing.T) {
	for _, tt := range []struct {
		name    string
		most    int
		presses []press
		holds   map[string]string
	}{
		{
			name: "default app", most: 5,
			presses: []press{
				{sees: "Create with defaults", keys: []string{enter}},
				{sees: "API keys, passwords", keys: []string{enter}},
				{sees: "Create ", keys: []string{enter}},
				{sees: "Next steps", keys: []string{enter}},
			},
			holds: map[string]string{"sleet.toml": "version = 1", "streamlit_app.py": "import streamlit as st"},
		},
		{
			name: "one secret and one host", most: 10,
			presses: []press{
				{sees: "What do you want", keys: []string{down, enter}},
				{sees: "The app", keys: []string{enter}},
				{sees: "Choose where the app", keys: []string{enter}},
				{sees: "API keys, passwords", keys: []string{up}},
				{sees: "▸ + ", text: "weather_key"},
				{sees: "Generic string", keys: []string{tab}},
				{sees: "weather_key", text: "api.example.com", keys: []string{enter}},
				{sees: "▌ [ Continue ]", keys: []string{enter}},
				{sees: "Create ", keys: []string{enter}},
				{sees: "Next steps", keys: []string{enter}},
			},
			holds: map[string]string{"sleet.toml": `key = "weather_key"`, "sql/setup.sql": "api.example.com", "streamlit_app.py": "weather_key"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, count := t.TempDir(), 0
			s := onTerminal(t, dir, "new", "demo", "--no-lock")
			for _, p := range tt.presses {
				count += len(p.keys)
				s.take(t, walk{{p.sees, p.text + strings.Join(p.keys, "")}})
			}
			if code := s.ends(t); code != exit.Success {
				t.Fatalf("exit code %d:\n%s", code, s.screen())
			}
			if count > tt.most {
				t.Errorf("%d keys, want at most %d", count, tt.most)
			}
			files := texts(t, filepath.Join(dir, "demo"))
			for path, want := range tt.holds {
				if !strings.Contains(files[path], want) {
					t.Errorf("%s lacks %q:\n%s", path, want, files[path])
				}
			}
		})
	}
}

//go:build unix

package command

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"

	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// walk is what a person does: wait until a text is on the screen, then type.
type walk []struct{ sees, types string }

// What a terminal sends for keys other than letters.
const (
	enter, esc, tab, back = "\r", "\x1b", "\t", "\x1b[Z"
	down, up              = "\x1b[B", "\x1b[A"
	ctrlR                 = "\x12"
)

// walks returns the ways through the wizard: the short and the long path in both runtimes, an app with every kind of
// answer, a jump from the review, and a change of an existing app.
func walks() map[string]walk {
	long := walk{
		{"The app", enter},
		{"Choose where the app", enter},
		{"API keys, passwords", enter},
		{"Create ", back + enter},
		{"What runs the app", enter},
		{"Packages the app imp", enter},
		{"External hosts the a", enter},
		{"API keys, passwords", enter},
		{"Options for .streaml", enter},
		{"Settings that are no", enter},
		{"Who owns the app and", enter},
		{"Create ", enter},
		{"Next steps", enter},
	}
	inWarehouse := append(walk{}, long...)
	inWarehouse[1].types = down + enter
	inWarehouse = append(inWarehouse[:9:9], inWarehouse[10:]...) // it has no values
	return map[string]walk{
		"short, container": {
			{"The app", enter}, {"Choose where the app", enter}, {"API keys, passwords", enter}, {"Create ", enter}, {"Next steps", enter},
		},
		"short, warehouse": {
			{"The app", enter}, {"Choose where the app", down + enter}, {"API keys, passwords", enter}, {"Create ", enter}, {"Next steps", enter},
		},
		"long, container": long,
		"long, warehouse": inWarehouse,
		"every sort of answer": {
			{"The app", "天気" + tab + `The "weather"` + tab + "APPS" + tab + "PUBLIC" + enter},
			{"Choose where the app", enter},
			{"API keys, passwords", enter},
			{"Create ", back + enter},
			{"What runs the app", "BIG_WH" + enter},
			{"Packages the app imp", "pandas>=2" + enter},
			{"pandas>=2", enter},
			{"External hosts the a", "api.example.com" + enter},
			{"api.example.com", enter},
			{"API keys, passwords", up + enter},
			{"Generic string", "token" + enter},
			{"token", up + "l"},
			{"Generic string", "ogin" + tab + tab + down},
			{"● Password", tab + down},
			{"● st.secrets", enter},
			{"login", enter},
			{"Options for .streaml", up + enter},
			{"type to filter", "theme.base"},
			{"theme.base", enter},
			{"theme.base", "dark" + enter},
			{"Options for .streaml", enter},
			{"Settings that are no", `endpoint = "https://api.example.com"` + enter},
			{"endpoint", enter},
			{"Who owns the app and", "APP_OWNER" + enter},
			{"Create ", enter},
			{"Next steps", enter},
		},
		"a line of the review": {
			{"The app", ctrlR}, {"Create ", tab + enter}, {"The app", tab + "Weather" + enter}, {"Create ", enter}, {"Next steps", enter},
		},
	}
}

// TestWalks takes each way on a terminal and compares the folder with one created without a terminal from the same
// answers.
func TestWalks(t *testing.T) {
	t.Parallel()
	for name, steps := range walks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := onTerminal(t, dir, "new", "demo", "--no-lock")
			s.take(t, append(walk{{"What do you want", down + enter}}, steps...))
			if code := s.ends(t); code != exit.Success {
				t.Fatalf("exit code %d", code)
			}
			alone := t.TempDir()
			made := filepath.Join(dir, "demo")
			headless(t, alone, "new", "demo", "--no-lock", "--yes", "--answers", filepath.Join(made, "sleet.toml"))
			if diff := cmp.Diff(texts(t, filepath.Join(alone, "demo")), texts(t, made)); diff != "" {
				t.Errorf("(-without a terminal +on one):\n%s", diff)
			}
		})
	}
}

// TestWalkOverAnApp changes an existing app: the edited file is kept, the other files are updated.
func TestWalkOverAnApp(t *testing.T) {
	dir := t.TempDir()
	headless(t, dir, "new", "demo", "--no-lock", "--yes")
	edited := filepath.Join(dir, "demo", "streamlit_app.py")
	if err := os.WriteFile(edited, []byte("# mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := onTerminal(t, dir, "new", "demo", "--no-lock")
	s.take(t, walk{
		{"Update this app", enter},
		{"The app", tab + "Weather" + enter},
		{"Choose where the app", enter},
		{"API keys, passwords", enter},
		{"edited by hand", enter},
		{"Next steps", enter},
	})
	if code := s.ends(t); code != exit.Success {
		t.Errorf("exit code %d", code)
	}
	after := texts(t, filepath.Join(dir, "demo"))
	if after["streamlit_app.py"] != "# mine\n" {
		t.Error("the edited file was replaced")
	}
	if !strings.Contains(after["sql/setup.sql"], "Weather") || !strings.Contains(after["sleet.toml"], "Weather") {
		t.Error("the new title did not reach the other files")
	}
}

// TestDraftIsOffered leaves a run in the middle and resumes it.
func TestDraftIsOffered(t *testing.T) {
	dir, state := t.TempDir(), t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	s := onTerminal(t, dir, "new", "demo", "--no-lock")
	s.take(t, walk{{"What do you want", down + enter}, {"The app", tab + "Weather" + enter}, {"Choose where the app", "\x03"}, {"Nothing was written", "\x03"}})
	if code := s.ends(t); code != exit.Stopped {
		t.Errorf("exit code %d", code)
	}
	s = onTerminal(t, dir, "new", "demo", "--no-lock")
	s.take(t, walk{{"Resume", enter}, {"Weather", enter}, {"Choose where the app", enter}, {"API keys, passwords", enter}, {"Create ", enter}, {"Next steps", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Errorf("exit code %d", code)
	}
	if text := texts(t, filepath.Join(dir, "demo"))["sleet.toml"]; !strings.Contains(text, "Weather") {
		t.Errorf("the kept title is lost:\n%s", text)
	}
}

// take follows a walk.
func (s *terminalSession) take(t *testing.T, steps walk) {
	t.Helper()
	for i, step := range steps {
		deadline := time.Now().Add(20 * time.Second)
		for !strings.Contains(s.screen(), step.sees) {
			if time.Now().After(deadline) {
				t.Fatalf("step %d: %q did not appear; the screen:\n%s", i, step.sees, s.screen())
			}
			time.Sleep(10 * time.Millisecond)
		}
		if _, err := s.ptmx.WriteString(step.types); err != nil {
			t.Fatal(err)
		}
	}
}

// screen returns the terminal's current content.
func (s *terminalSession) screen() string { return s.emulated().String() }

// emulated returns an emulator that received everything that was shown.
func (s *terminalSession) emulated() *vt.Emulator { return emulatedOf(s.size, s.shown()) }

// emulatedOf returns an emulator that received a text. Its answers are discarded, and nothing reads from it any more.
func emulatedOf(cells size, text string) *vt.Emulator {
	screen := vt.NewEmulator(cells.cols, cells.rows)
	read := make(chan struct{})
	go func() {
		defer close(read)
		_, _ = io.Copy(io.Discard, screen)
	}()
	_, _ = screen.WriteString(text) // it accepts everything
	if answers, ok := screen.InputPipe().(io.Closer); ok {
		_ = answers.Close() // Close of the terminal itself races with its reader
	}
	<-read
	return screen
}

// headless runs the program without a terminal. It must succeed.
func headless(t *testing.T, dir string, args ...string) {
	t.Helper()
	var said strings.Builder
	host := machine.Host{In: strings.NewReader(""), Out: &said, Err: &said, Dir: dir, Build: machine.Build{Version: "test"}}
	if code := Run(t.Context(), args, host); code != exit.Success {
		t.Fatalf("exit code %d\n%s", code, &said)
	}
}

// texts returns the files of a folder.
func texts(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		all[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestLastAnswersAreOffered creates an app from the answers of the previous one.
func TestLastAnswersAreOffered(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	s := onTerminal(t, dir, "new", "first", "--no-lock", "--secret", "api_key", "--host", "api.example.com")
	s.take(t, walk{{"Create with defaults", enter}, {"API keys, passwords", enter}, {"Create ", enter}, {"Next steps", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	s = onTerminal(t, dir, "new", "second", "--no-lock")
	s.take(t, walk{
		{"Use the answers of first", down + down + enter},
		{"The app", enter},
		{"Choose where the app", enter},
		{"api_key", enter},
		{"Create ", enter},
		{"Next steps", enter},
	})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	made := texts(t, filepath.Join(dir, "second"))
	if !strings.Contains(made["sleet.toml"], `key = "api_key"`) || !strings.Contains(made["sql/setup.sql"], "SECOND_API_KEY") || strings.Contains(made["sql/setup.sql"], "FIRST") {
		t.Errorf("sleet.toml:\n%s\nsql/setup.sql:\n%s", made["sleet.toml"], made["sql/setup.sql"])
	}
}

// TestLanguageOfComments runs in Japanese: the comments of a new app are Japanese, those of an existing app stay as
// they are.
func TestLanguageOfComments(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	s := onTerminal(t, dir, "new", "demo", "--no-lock", "--lang", "ja")
	s.take(t, walk{{"デフォルトで作成する", enter}, {"シークレット", enter}, {"作成 ]", enter}, {"次のステップ", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	if text := texts(t, filepath.Join(dir, "demo"))["sleet.toml"]; !strings.Contains(text, `language = "ja"`) {
		t.Errorf("sleet.toml:\n%s", text)
	}
	headless(t, dir, "new", "there", "--no-lock", "--yes")
	s = onTerminal(t, dir, "new", "there", "--no-lock", "--lang", "ja")
	s.take(t, walk{{"このアプリを更新する", enter}, {"アプリの名前", tab + "Weather" + ctrlR}, {"作成 ]", enter}, {"次のステップ", enter}})
	if code := s.ends(t); code != exit.Success {
		t.Fatalf("exit code %d:\n%s", code, s.screen())
	}
	if text := texts(t, filepath.Join(dir, "there"))["sleet.toml"]; strings.Contains(text, `language = "ja"`) {
		t.Errorf("the language of an existing app changed:\n%s", text)
	}
}

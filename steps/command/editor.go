package command

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
)

// editor opens the person's editor: $VISUAL, $EDITOR, or what the system has. nil where there is
// none.
func editor(host Host) steps.OpenEditor {
	args := strings.Fields(host.getenv("VISUAL"))
	if len(args) == 0 {
		args = strings.Fields(host.getenv("EDITOR"))
	}
	if len(args) == 0 {
		args = []string{map[bool]string{true: "notepad", false: "vi"}[runtime.GOOS == "windows"]}
	}
	program, err := exec.LookPath(args[0])
	if err != nil {
		return nil
	}
	return func(file, name string, text []byte, back func([]byte, error) tea.Msg) tea.Cmd {
		folder := ""
		if file == "" {
			if folder, err = os.MkdirTemp("", "sleet-"); err == nil {
				file = filepath.Join(folder, path.Base(name))
				err = os.WriteFile(file, text, 0o600)
			}
			if err != nil {
				return func() tea.Msg { return back(nil, fmt.Errorf("no copy for the editor: %w", err)) }
			}
		}
		cmd := exec.Command(program, append(args[1:len(args):len(args)], file)...) //nolint:gosec,noctx // The person's own editor, for as long as they want.
		cmd.Env, cmd.Dir = steps.WithoutSecrets(host.Environ), host.Dir
		return tea.ExecProcess(cmd, func(failed error) tea.Msg {
			left, err := os.ReadFile(file) //nolint:gosec // The file that the editor was opened on.
			if folder != "" {
				err = errors.Join(err, os.RemoveAll(folder))
			}
			if failed != nil {
				err = fmt.Errorf("%s: %w", args[0], failed)
			}
			return back(left, err)
		})
	}
}

package screens

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

	"sleet/snowflake/safely"
	"sleet/steps/command/machine"
	"sleet/steps/environ"
	"sleet/steps/wizard/screen"
	"sleet/ui/message"
)

// editor returns a function that opens the person's editor: $VISUAL, $EDITOR, or the system's default. It is nil if
// there is none.
func editor(host machine.Host) screen.OpenEditor {
	program, args := editorOf(host)
	if program == "" {
		return nil
	}
	return func(file, name string, text []byte, back func([]byte, error) tea.Msg) tea.Cmd {
		cmd, left, err := editing(host, program, args, file, name, text)
		if err != nil {
			return func() tea.Msg { return back(nil, err) }
		}
		return tea.ExecProcess(cmd, func(failed error) tea.Msg { return back(left(failed)) })
	}
}

// editorHere returns a function that opens the editor on a terminal without a screen; nil without a terminal or an
// editor.
func editorHere(host machine.Host) func(name string, text []byte) ([]byte, error) {
	program, args := editorOf(host)
	if program == "" || !host.Terminal {
		return nil
	}
	return func(name string, text []byte) ([]byte, error) {
		cmd, left, err := editing(host, program, args, "", name, text)
		if err != nil {
			return nil, err
		}
		cmd.Stdin, cmd.Stdout, cmd.Stderr = host.In, host.Out, host.Err
		return left(cmd.Run())
	}
}

// editorOf returns the editor's program and its arguments; the program is empty if there is none.
func editorOf(host machine.Host) (program string, args []string) {
	args = strings.Fields(host.Getenv("VISUAL"))
	if len(args) == 0 {
		args = strings.Fields(host.Getenv("EDITOR"))
	}
	if len(args) == 0 {
		args = []string{map[bool]string{true: "notepad", false: "vi"}[runtime.GOOS == "windows"]}
	}
	program, err := exec.LookPath(args[0])
	if err != nil {
		return "", nil
	}
	return program, args
}

// editing returns the editor's command for a file, or for a temporary copy of text if file is empty. left returns the
// edited text and removes the copy.
func editing(host machine.Host, program string, args []string, file, name string, text []byte) (cmd *exec.Cmd, left func(error) ([]byte, error), err error) {
	folder := ""
	if file == "" {
		if folder, err = safely.TempFolder("edit"); err == nil {
			file = filepath.Join(folder, path.Base(name))
			err = os.WriteFile(file, text, 0o600)
		}
		if err != nil {
			return nil, nil, message.Wrap(err, "run.editor_copy")
		}
	}
	cmd = exec.Command(program, append(args[1:len(args):len(args)], file)...) //nolint:gosec,noctx // It is the person's editor and may run as long as they like.
	cmd.Env, cmd.Dir = environ.WithoutSecrets(host.Environ), host.Dir
	return cmd, func(failed error) ([]byte, error) {
		text, err := os.ReadFile(file) //nolint:gosec // It is the file that the editor opened.
		if folder != "" {
			err = errors.Join(err, os.RemoveAll(folder))
		}
		if failed != nil {
			err = fmt.Errorf("%s: %w", args[0], failed)
		}
		return text, err
	}, nil
}

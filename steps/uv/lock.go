// Package uv locks the packages of an app with uv, and runs an app on this machine.
package uv

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/steps/environ"
	"sleet/ui/message"
)

// uvGrace is how long a stopped uv may take to clean up before it is killed.
const uvGrace = 3 * time.Second

// tailLines is how many of uv's last lines an error has: uv prints the cause last.
const tailLines = 12

// Tool is uv. It locks an app's packages, the only part of creating an app that may use the network.
type Tool struct {
	// Path is the path of the uv executable; empty if uv is not installed.
	Path string
	// Environ is the environment for uv, which gets it without the variables of secrets.
	Environ []string
}

// Find looks for uv on PATH. It does not use a uv in the current folder, which may be somebody else's.
func Find(environ []string) Tool {
	path, err := exec.LookPath("uv")
	if err != nil {
		path = ""
	}
	return Tool{Path: path, Environ: environ}
}

// Lock locks the packages of the app in dir and returns the last line that uv printed. The folder may be untrusted, so
// uv works on a copy of pyproject.toml in a temporary folder with no uv.toml, .venv, workspace or local packages, and
// builds nothing. The error has uv's own output, or is a *ManifestError. If ctx is canceled, uv is interrupted and the
// error wraps ctx's.
// https://docs.astral.sh/uv/reference/cli/#uv-lock
func (u Tool) Lock(ctx context.Context, dir string) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", &lockError{error: err}
	}
	defer root.Close() //nolint:errcheck // Nothing is left to write.
	work, err := safely.TempFolder("uv")
	if err != nil {
		return "", &lockError{error: err}
	}
	defer os.RemoveAll(work) //nolint:errcheck // It is in the temporary folder.
	if err := copyManifest(root, work); err != nil {
		return "", err
	}
	var said bytes.Buffer
	//nolint:gosec // The program is from exec.LookPath, its arguments are constant.
	cmd := exec.CommandContext(ctx, u.Path, "lock", "--no-build", "--no-config", "--no-progress", "--color", "never")
	cmd.Dir = work
	cmd.Env = environ.WithoutSecrets(u.Environ)
	cmd.Stdout, cmd.Stderr = io.Discard, &said
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = uvGrace
	err = cmd.Run()
	words := tail(said.String(), tailLines)
	switch {
	case ctx.Err() != nil:
		return "", message.Wrap(context.Cause(ctx), "new.lock.stopped")
	case err != nil && words != "":
		return "", &lockError{error: err, said: words}
	case err != nil:
		return "", &lockError{error: err}
	}
	lock, err := os.ReadFile(filepath.Join(work, scaffold.LockFile)) //nolint:gosec // It is in a folder that this function made.
	if errors.Is(err, fs.ErrNotExist) {
		err = message.NewError("new.lock.missing")
	}
	if err == nil {
		err = workspace.Replace(root, scaffold.LockFile, lock, 0o644)
	}
	if err != nil {
		return "", &lockError{error: err}
	}
	return tail(words, 1), nil
}

// copyManifest copies the files of an app that uv reads to a folder, if uv can lock them without running code.
func copyManifest(root *os.Root, work string) error {
	manifest, err := safely.ReadIn(root, scaffold.PyprojectFile, safely.MaxFileSize)
	if err != nil {
		return &lockError{error: err}
	}
	if why := manifestRuns(manifest); !why.IsZero() {
		return &ManifestError{why}
	}
	files := map[string][]byte{scaffold.PyprojectFile: ownWorkspace(manifest)}
	if lock, err := safely.ReadIn(root, scaffold.LockFile, safely.MaxFileSize); err == nil {
		files[scaffold.LockFile] = lock
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(work, name), data, 0o600); err != nil {
			return &lockError{error: err}
		}
	}
	return nil
}

// tail returns the last n lines of a text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\r\n\t "), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// lockError reports that uv failed, with its output.
type lockError struct {
	error

	said string
}

// Error returns the cause and uv's output.
func (e *lockError) Error() string { return e.Message().String() }

// Unwrap returns the cause.
func (e *lockError) Unwrap() error { return e.error }

// uvReason returns the reason in uv's error output, without its tree of causes, the interpreter that it found, and its
// hints.
func uvReason(said string) string {
	var reason []string
	for line := range strings.Lines(said) {
		words := strings.Fields(strings.Map(func(r rune) rune {
			if r >= 0x2500 && r < 0x2600 || r == '×' {
				return ' '
			}
			return r
		}, line))
		switch {
		case len(words) == 0 || words[0] == "Using":
			continue
		case words[0] == "hint:":
			return strings.TrimPrefix(strings.Join(reason, " "), "error: ")
		}
		reason = append(reason, words...)
	}
	return strings.TrimPrefix(strings.Join(reason, " "), "error: ")
}

// IsUnresolvable returns uv's reason, in one line, if it cannot resolve the packages; "" for any other error, such as a
// failed connection.
func IsUnresolvable(err error) string {
	var locked *lockError
	if !errors.As(err, &locked) {
		return ""
	}
	said := uvReason(locked.said)
	lower := strings.ToLower(said)
	for _, apart := range []string{"failed to fetch", "error sending request", "dns error", "timed out", "connection refused", "tls"} {
		if strings.Contains(lower, apart) {
			return ""
		}
	}
	return said
}

// Message returns the message, with uv's output unchanged.
func (e *lockError) Message() message.Message {
	if e.said == "" {
		return message.New("new.lock.failed", "why", e.error)
	}
	return message.New("new.lock.failed_saying", "why", e.error, "said", e.said)
}

package statestore

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sleet/ui/message"
)

// LockedError reports that another run of sleet has locked a folder.
type LockedError struct {
	// Dir is the folder. Process is the id of the other process, or 0 if unknown.
	Dir     string
	Process int
}

// Error returns the message with the folder and the process.
func (e *LockedError) Error() string {
	if e.Process == 0 {
		return "another sleet is working in " + e.Dir
	}
	return fmt.Sprintf("another sleet (process %d) is working in %s", e.Process, e.Dir)
}

// errHeld is the error for a lock that another process holds.
var errHeld = errors.New("another process has the lock")

// Lock locks an app's folder against all other runs of this user, until release is called or the process ends. The
// folder need not exist, and nothing is written to it. The error is a *LockedError if another run has the lock.
func (s Store) Lock(dir string) (release func(), err error) {
	absolute, err := resolved(dir)
	if err != nil {
		return nil, err
	}
	file, err := s.lockFile(absolute)
	if err != nil {
		return nil, err
	}
	err = lock(file)
	if errors.Is(err, errHeld) {
		held := &LockedError{Dir: dir, Process: holder(file)}
		_ = file.Close()
		return nil, held
	}
	if err != nil {
		_ = file.Close()
		return nil, message.Wrap(err, "state.lock", "dir", dir)
	}
	// The process id is informational. The lock itself belongs to the system and ends with the process.
	if err := file.Truncate(0); err == nil {
		_, _ = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	// A child process that is being started may have the file open as well, so closing it is not enough.
	return func() { unlock(file); _ = file.Close() }, nil
}

// lockFile opens the file to lock for a folder: one in the state folder or, if that is not writable, the folder itself.
func (s Store) lockFile(absolute string) (*os.File, error) {
	sum := sha256.Sum256([]byte(absolute))
	path := filepath.Join(s.Root, "locks", hex.EncodeToString(sum[:16])+".lock")
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		var file *os.File
		if file, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err == nil { //nolint:gosec // a path of our own making
			return file, nil
		}
	}
	for at := absolute; ; at = filepath.Dir(at) { // for a folder that does not exist yet, its nearest existing parent
		if folder, err := os.Open(at); err == nil || at == filepath.Dir(at) { //nolint:gosec // the folder that the person named
			return folder, err //nolint:wrapcheck // It names the path.
		}
	}
}

// holder returns the id of the process that has a lock, or 0 if the file does not contain it.
func holder(file *os.File) int {
	text, err := io.ReadAll(io.NewSectionReader(file, 0, 32))
	if err != nil {
		return 0
	}
	process, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return process
}

// resolved returns a folder's absolute path without symbolic links, so that all names of one folder yield the same
// path. Missing parts are kept as they are.
func resolved(dir string) (string, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return "", message.Wrap(err, "state.path", "dir", dir)
	}
	rest := ""
	for at := absolute; ; at = filepath.Dir(at) {
		if target, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(target, rest), nil
		}
		if at == filepath.Dir(at) {
			return absolute, nil
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

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

// HeldError says that another run of sleet works in a folder.
type HeldError struct {
	// Dir is the folder, Process the number of the other run, 0 where it is not known.
	Dir     string
	Process int
}

// Error names the folder and the process.
func (e *HeldError) Error() string {
	if e.Process == 0 {
		return "another sleet is working in " + e.Dir
	}
	return fmt.Sprintf("another sleet (process %d) is working in %s", e.Process, e.Dir)
}

// errHeld is the error of a lock that another process has.
var errHeld = errors.New("another process has the lock")

// Lock keeps every other run of this person out of an app's folder until release is called or the process
// ends, however it does. The folder need not exist, and nothing is written to it. The error is a *HeldError where
// another run is there.
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
		held := &HeldError{Dir: dir, Process: holder(file)}
		_ = file.Close()
		return nil, held
	}
	if err != nil {
		_ = file.Close()
		return nil, message.Wrap(err, "state.lock", "dir", dir)
	}
	// The number is for people: the lock itself is the system's, and ends with the process.
	if err := file.Truncate(0); err == nil {
		_, _ = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	// A program that this process starts at this moment has the file open as well: closing alone would not do.
	return func() { unlock(file); _ = file.Close() }, nil
}

// lockFile opens what is locked for a folder: a file in the state folder or, where none can be kept there, the folder itself.
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
	for at := absolute; ; at = filepath.Dir(at) { // one that is to be made is kept by the folder above
		if folder, err := os.Open(at); err == nil || at == filepath.Dir(at) { //nolint:gosec // the folder that the person named
			return folder, err //nolint:wrapcheck // It names the path.
		}
	}
}

// holder reads the number of the process that has a lock, 0 where it does not stand there.
func holder(file *os.File) int {
	text, err := io.ReadAll(io.NewSectionReader(file, 0, 32))
	if err != nil {
		return 0
	}
	process, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return process
}

// resolved returns a folder's absolute path without symbolic links: of two names of one folder it is the same. What is not
// there yet stays as it is.
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

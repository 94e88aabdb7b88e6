package statestore

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sleet/ui/message"

	"github.com/adrg/xdg"
)

// Store is the state folder.
type Store struct{ Root string }

// Open returns the store of the user with the environment getenv: $XDG_STATE_HOME/sleet, or the platform's state
// folder. It does not create anything.
// https://specifications.freedesktop.org/basedir-spec/latest/
func Open(getenv func(string) string) Store {
	home := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(home) { // the specification ignores relative paths
		home = xdg.StateHome
	}
	if !filepath.IsAbs(home) { // HOME is relative, too: an app's folder must not contain what authenticates its files
		home = filepath.Join(string(filepath.Separator), ".local", "state")
	}
	return Store{Root: filepath.Join(home, "sleet")}
}

// draftOf returns the path of the draft for an app's folder, which need not exist, and the folder's absolute path.
func (s Store) draftOf(dir string) (path, absolute string, err error) {
	absolute, err = filepath.Abs(dir)
	if err != nil {
		return "", "", message.Wrap(err, "state.path", "dir", dir)
	}
	sum := sha256.Sum256([]byte(absolute))
	return filepath.Join(s.Root, "drafts", hex.EncodeToString(sum[:16])+".toml"), absolute, nil
}

// outside reports whether the store is outside an app's folder, where sleet writes nothing but the app.
func (s Store) outside(absolute string) bool {
	rel, err := filepath.Rel(absolute, s.Root)
	return err != nil || !filepath.IsLocal(rel)
}

// replace writes a file atomically, readable by its owner only.
func replace(path string, data []byte) (err error) {
	dir, name := filepath.Split(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return message.Wrap(err, "state.draft_folder")
	}
	sweep(dir, name)
	temp, err := os.CreateTemp(dir, name+".*.tmp") // with the mode 0600
	if err != nil {
		return message.Wrap(err, "state.draft_unwritten")
	}
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(message.Wrap(err, "state.draft_unwritten"), os.Remove(temp.Name()))
	}
	return nil
}

// maxTempAge is the age from which a temporary file belongs to a killed run rather than a running one.
const maxTempAge = time.Minute

// sweep removes temporary files that a killed run left behind.
func sweep(dir, name string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), name+".") || !strings.HasSuffix(e.Name(), ".tmp") {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > maxTempAge {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// remove removes a file if it exists.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return message.Wrap(err, "state.draft_kept")
	}
	return nil
}

package statestore

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"sleet/ui/message"
)

// placing is the record of files that are being moved into an empty folder.
type placing struct {
	Dir   string   `json:"dir"`
	Names []string `json:"names"`
}

// placingOf returns the path of the record for a folder.
func (s Store) placingOf(dir string) (path, absolute string, err error) {
	absolute, err = resolved(dir)
	sum := sha256.Sum256([]byte(absolute))
	return filepath.Join(s.Root, "placing", hex.EncodeToString(sum[:16])+".json"), absolute, err
}

// Placing records which entries are about to be moved into an empty folder.
func (s Store) Placing(dir string, names []string) error {
	path, absolute, err := s.placingOf(dir)
	if err != nil {
		return err
	}
	data, err := json.Marshal(placing{absolute, names})
	if err != nil {
		return message.Wrap(err, "state.placing", "dir", dir)
	}
	return replace(path, data)
}

// Placed removes the record once everything was moved.
func (s Store) Placed(dir string) {
	if path, _, err := s.placingOf(dir); err == nil {
		_ = remove(path)
	}
}

// Unplace removes from a folder the entries that a killed run had started to move there, so that it is empty again.
func (s Store) Unplace(dir string) {
	path, absolute, err := s.placingOf(dir)
	if err != nil {
		return
	}
	data, err := os.ReadFile(path) //nolint:gosec // a path of our own making
	var p placing
	if err != nil || json.Unmarshal(data, &p) != nil || p.Dir != absolute {
		return
	}
	root, err := os.OpenRoot(absolute)
	if err != nil {
		return
	}
	defer root.Close() //nolint:errcheck // opened to remove through
	for _, name := range p.Names {
		if err := root.RemoveAll(name); err != nil {
			return
		}
	}
	_ = remove(path)
}

package statestore

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"sleet/ui/message"
)

// moveRecord is the record of files that are being moved into an empty folder.
type moveRecord struct {
	Dir   string   `json:"dir"`
	Names []string `json:"names"`
}

// movePath returns the path of the record for a folder.
func (s Store) movePath(dir string) (path, absolute string, err error) {
	absolute, err = resolved(dir)
	sum := sha256.Sum256([]byte(absolute))
	return filepath.Join(s.Root, "placing", hex.EncodeToString(sum[:16])+".json"), absolute, err
}

// BeginMove records which entries are about to be moved into an empty folder.
func (s Store) BeginMove(dir string, names []string) error {
	path, absolute, err := s.movePath(dir)
	if err != nil {
		return err
	}
	data, err := json.Marshal(moveRecord{absolute, names})
	if err != nil {
		return message.Wrap(err, "state.placing", "dir", dir)
	}
	return replace(path, data)
}

// EndMove removes the record once everything was moved.
func (s Store) EndMove(dir string) {
	if path, _, err := s.movePath(dir); err == nil {
		_ = remove(path)
	}
}

// RevertMove removes from a folder the entries that a killed run had started to move there, so that it is empty again.
func (s Store) RevertMove(dir string) {
	path, absolute, err := s.movePath(dir)
	if err != nil {
		return
	}
	data, err := os.ReadFile(path) //nolint:gosec // a path of our own making
	var p moveRecord
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

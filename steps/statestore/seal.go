package statestore

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// sealKeySize is how many bytes the key of seals has.
const sealKeySize = 32

// Seal returns what vouches for a text that this machine wrote into a folder: a code that only the key in
// the state folder makes. Where no key can be kept, one for this process alone is used.
func (s Store) Seal() func(text []byte) string {
	key := s.sealKey()
	return func(text []byte) string {
		mac := hmac.New(sha256.New, key)
		mac.Write(text)
		return hex.EncodeToString(mac.Sum(nil))
	}
}

// sealKey reads the key, and makes it the first time.
func (s Store) sealKey() []byte {
	path := filepath.Join(s.Root, "seal.key")
	if key, err := os.ReadFile(path); err == nil && len(key) == sealKeySize { //nolint:gosec // a path of our own making
		return key
	}
	key := make([]byte, sealKeySize)
	_, _ = rand.Read(key) // it never fails
	if err := os.MkdirAll(s.Root, 0o700); err != nil {
		return key
	}
	// Of two runs that make it at once one wins; a file under its own name is never half written.
	temp, err := os.CreateTemp(s.Root, "seal.key.*.tmp") // with the mode 0600
	if err != nil {
		return key
	}
	defer os.Remove(temp.Name()) //nolint:errcheck // the name is only a second one of the key
	_, err = temp.Write(key)
	if errors.Join(err, temp.Close()) != nil {
		return key
	}
	if err := os.Link(temp.Name(), path); err != nil {
		if !errors.Is(err, fs.ErrExist) { // the disk has no links
			_ = os.Rename(temp.Name(), path)
		}
		if first, err := os.ReadFile(path); err == nil && len(first) == sealKeySize { //nolint:gosec // a path of our own making
			return first
		}
		_ = os.Rename(temp.Name(), path) // what is there is no key
	}
	return key
}

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

// sealKeySize is the size of the key in bytes.
const sealKeySize = 32

// NewSealer returns a function that computes the authentication code of a text that this machine wrote into a folder.
// The key is in the state folder. If that is not writable, the key is valid for this process only.
func (s Store) NewSealer() func(text []byte) string {
	key := s.sealKey()
	return func(text []byte) string {
		mac := hmac.New(sha256.New, key)
		mac.Write(text)
		return hex.EncodeToString(mac.Sum(nil))
	}
}

// sealKey reads the key, or creates it.
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
	// Two runs may create it at the same time: one wins. Writing to a temporary file keeps the key from being
	// incomplete.
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
		if !errors.Is(err, fs.ErrExist) { // the file system has no hard links
			_ = os.Rename(temp.Name(), path)
		}
		if first, err := os.ReadFile(path); err == nil && len(first) == sealKeySize { //nolint:gosec // a path of our own making
			return first
		}
		_ = os.Rename(temp.Name(), path) // the existing file is not a key
	}
	return key
}

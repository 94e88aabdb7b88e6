// Package script writes scripts to an app's folder. A checksum at the end of each shows whether somebody edited it.
package script

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
)

// checksumHead begins the last line of a script, after the comment sign of its language. The checksum shows whether
// somebody edited the script, which sleet then does not replace.
const checksumHead = " Checksum of the lines above: "

// The comment signs.
const (
	SQLComment  = "--"
	YAMLComment = "#"
)

// Save writes a script to an app's folder and returns its path: STEM.sql or, if that is a file that sleet did not write
// or that was edited, STEM-2.sql and so on.
func Save(dir, stem string, script []byte, mode fs.FileMode) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err //nolint:wrapcheck // The caller adds the context.
	}
	defer root.Close() //nolint:errcheck // Nothing is left to write.
	for n := 1; ; n++ {
		name := stem + ".sql"
		if n > 1 {
			name = fmt.Sprintf("%s-%d.sql", stem, n)
		}
		free, err := replaceable(root, filepath.FromSlash(name))
		if err == nil && !free {
			continue
		}
		if err == nil {
			err = workspace.Replace(root, name, withChecksum(SQLComment, script), mode)
		}
		return filepath.Join(dir, filepath.FromSlash(name)), err
	}
}

// SaveAdmin writes the script for an administrator to an app's folder and returns its path, which has the name of the
// environment, if any.
func SaveAdmin(dir, env string, script []byte) (string, error) {
	const owner = 0o600
	stem := "sql/admin"
	if env != "" {
		stem += "." + env
	}
	path, err := Save(dir, stem, script, owner)
	return path, exit.Failed(err, "apply.admin_unwritten")
}

// replaceable reports whether a script may be written to a path: the path is free, or has a script that was not edited.
func replaceable(root *os.Root, local string) (bool, error) {
	data, err := safely.ReadIn(root, local, safely.MaxFileSize)
	info, seen := root.Lstat(local)
	switch {
	case errors.Is(seen, fs.ErrNotExist):
		return true, nil
	case err != nil && seen == nil && info.Mode()&fs.ModeSymlink != 0:
		return false, workspace.LinkError(filepath.Join(root.Name(), local), err)
	case err != nil:
		return false, err
	}
	return info.Mode().IsRegular() && Checksummed(SQLComment, data), nil
}

// withChecksum returns a script with its checksum.
func withChecksum(comment string, script []byte) []byte {
	return append(bytes.Clone(script), ChecksumLine(comment, script)...)
}

// ChecksumLine returns the last line of a script, with its checksum.
func ChecksumLine(comment string, script []byte) string {
	sum := sha256.Sum256(script)
	return "\n" + comment + checksumHead + hex.EncodeToString(sum[:]) + "\n"
}

// Checksummed reports whether a script is unchanged since withChecksum; Windows line endings do not count as a change.
func Checksummed(comment string, data []byte) bool {
	data = UnixLines(data)
	at := bytes.LastIndex(data, []byte("\n"+comment+checksumHead))
	return at >= 0 && bytes.Equal(data, withChecksum(comment, data[:at]))
}

// UnixLines returns a text with Windows line endings replaced.
func UnixLines(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// Package script writes scripts into an app's folder, each ended by a checksum that shows whether somebody edited it since.
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

// checksumHead begins the last line of a script, behind what begins a comment in its language: by the checksum after it
// sleet sees whether somebody edited the file, which is not replaced then.
const checksumHead = " Checksum of the lines above: "

// What begins a comment.
const (
	SQLComment  = "--"
	YAMLComment = "#"
)

// Save writes a script into an app's folder and returns its path: STEM.sql or, where that is a file that sleet did not write or that
// was edited, the next free name beside it.
func Save(dir, stem string, script []byte, mode fs.FileMode) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err //nolint:wrapcheck // The caller says what it is for.
	}
	defer root.Close() //nolint:errcheck // opened to write through
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

// SaveAdmin writes the script for an administrator into an app's folder and returns its path. That of an environment has its name.
func SaveAdmin(dir, env string, script []byte) (string, error) {
	const owner = 0o600
	stem := "sql/admin"
	if env != "" {
		stem += "." + env
	}
	path, err := Save(dir, stem, script, owner)
	return path, exit.Failed(err, "apply.admin_unwritten")
}

// replaceable reports whether a script may be written to a path: nothing is there, or a script that is as sleet wrote it.
func replaceable(root *os.Root, local string) (bool, error) {
	data, err := safely.ReadIn(root, local, safely.MostFile)
	info, seen := root.Lstat(local)
	switch {
	case errors.Is(seen, fs.ErrNotExist):
		return true, nil
	case err != nil && seen == nil && info.Mode()&fs.ModeSymlink != 0:
		return false, workspace.BadLink(filepath.Join(root.Name(), local), err)
	case err != nil:
		return false, err
	}
	return info.Mode().IsRegular() && Checksummed(SQLComment, data), nil
}

// withChecksum ends a script with its checksum.
func withChecksum(comment string, script []byte) []byte {
	return append(bytes.Clone(script), ChecksumLine(comment, script)...)
}

// ChecksumLine is the line that ends a script.
func ChecksumLine(comment string, script []byte) string {
	sum := sha256.Sum256(script)
	return "\n" + comment + checksumHead + hex.EncodeToString(sum[:]) + "\n"
}

// Checksummed reports whether a script is as withChecksum left it; the line endings of Windows do not count.
func Checksummed(comment string, data []byte) bool {
	data = UnixLines(data)
	at := bytes.LastIndex(data, []byte("\n"+comment+checksumHead))
	return at >= 0 && bytes.Equal(data, withChecksum(comment, data[:at]))
}

// UnixLines returns a text without the line endings of Windows.
func UnixLines(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

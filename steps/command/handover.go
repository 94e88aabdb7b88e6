package command

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
const (
	checksumHead = " Checksum of the lines above: "
	sqlComment   = "--"
	yamlComment  = "#"
)

// saveHandover writes the script for an administrator into the app's folder and returns its path: sql/admin.sql or, where that
// is a file that sleet did not write or that was edited, the next free name beside it. That of an environment has its name.
func saveHandover(dir, env string, script []byte) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", exit.Failed(err, "apply.admin_unwritten")
	}
	defer root.Close() //nolint:errcheck // opened to write through
	const owner = 0o600
	for n := 1; ; n++ {
		name := "sql/admin"
		if env != "" {
			name += "." + env
		}
		if n > 1 {
			name += fmt.Sprintf("-%d", n)
		}
		name += ".sql"
		free, err := replaceable(root, filepath.FromSlash(name))
		if err == nil && !free {
			continue
		}
		if err == nil {
			err = workspace.Replace(root, name, withChecksum(sqlComment, script), owner)
		}
		return filepath.Join(dir, filepath.FromSlash(name)), exit.Failed(err, "apply.admin_unwritten")
	}
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
	return info.Mode().IsRegular() && checksummed(sqlComment, data), nil
}

// withChecksum ends a script with its checksum.
func withChecksum(comment string, script []byte) []byte {
	return append(bytes.Clone(script), checksumLine(comment, script)...)
}

// checksumLine is the line that ends a script.
func checksumLine(comment string, script []byte) string {
	sum := sha256.Sum256(script)
	return "\n" + comment + checksumHead + hex.EncodeToString(sum[:]) + "\n"
}

// checksummed reports whether a script is as withChecksum left it; the line endings of Windows do not count.
func checksummed(comment string, data []byte) bool {
	data = unixLines(data)
	at := bytes.LastIndex(data, []byte("\n"+comment+checksumHead))
	return at >= 0 && bytes.Equal(data, withChecksum(comment, data[:at]))
}

// unixLines returns a text without the line endings of Windows.
func unixLines(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

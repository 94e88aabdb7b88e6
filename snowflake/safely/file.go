package safely

import (
	"io"
	"io/fs"
	"os"

	"sleet/ui/message"
)

var (
	// ErrNotRegular is the error for a pipe, a device or a socket in place of a file.
	ErrNotRegular = message.NewError("read.not_regular")
	// ErrTooLarge is the error for a file that exceeds the limit.
	ErrTooLarge = message.NewError("read.too_large")
)

// MaxTextSize is the maximum size in bytes of a file of settings or secrets' values.
const MaxTextSize = 4 << 20

// MaxFileSize is the maximum size in bytes of any other file of an app.
const MaxFileSize = 250 << 20

// ReadFile returns the content of a regular file of at most the given number of bytes. It does not block on a pipe.
func ReadFile(path string, most int64) ([]byte, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0) //nolint:gosec // The caller chose the path.
	return read(path, file, err, most)
}

// ReadIn is like ReadFile for a file in a folder.
func ReadIn(root *os.Root, name string, most int64) ([]byte, error) {
	file, err := root.OpenFile(name, os.O_RDONLY|nonblock, 0)
	return read(name, file, err, most)
}

func read(path string, file *os.File, err error, most int64) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // It was only read.
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err //nolint:wrapcheck // It names the file.
	case !info.Mode().IsRegular() && !info.IsDir(): // reading a folder fails with a better error
		return nil, &fs.PathError{Op: "read", Path: path, Err: ErrNotRegular}
	case info.Mode().IsRegular() && info.Size() > most:
		return nil, tooBig(path, most)
	}
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, tooBig(path, most)
	}
	return data, err //nolint:wrapcheck // It names the file.
}

func tooBig(path string, most int64) error {
	return &fs.PathError{Op: "read", Path: path, Err: message.Wrap(ErrTooLarge, "read.larger", "bytes", most)}
}

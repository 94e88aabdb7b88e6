//go:build !unix

package safely

// nonblock is not needed where no file of a folder is a pipe.
const nonblock = 0

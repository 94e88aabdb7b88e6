//go:build !unix

package safely

// nonblock is not needed on systems where files cannot be pipes.
const nonblock = 0

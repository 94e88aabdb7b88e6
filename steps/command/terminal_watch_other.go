//go:build !unix || aix || illumos || solaris

package command

import "io"

// watchTerminal does nothing here: there is no other process that could restore the terminal's modes.
func watchTerminal(io.Reader, string) (well func()) { return func() {} }

// watches is always false here.
func watches([]string) bool { return false }

// Package command is the command line: a file a command, each a struct of options that is filled
// from flags and run with injected input and output, so that tests need no process. What a
// command's end means as an exit code is decided in one place, exit.Code.
package command

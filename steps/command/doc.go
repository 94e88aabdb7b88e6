// Package command implements the command line. Each command has its own file and a struct of options that its flags
// fill in. Commands run with injected input and output, so that tests need no process. Only exit.Code decides which
// exit code an error has.
package command

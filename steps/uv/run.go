package uv

import (
	"context"
	"os"
	"os/exec"

	"sleet/steps/environ"
	"sleet/ui/message"
)

// Terminal is the standard input, output and error of a program that the person runs.
type Terminal struct{ In, Out, Err *os.File }

// Run runs uv in a folder on the person's terminal until it exits or ctx is canceled, which is not an error. uv gets no
// variables of secrets.
func (u Tool) Run(ctx context.Context, dir string, args []string, on Terminal) error {
	cmd := exec.CommandContext(ctx, u.Path, args...) //nolint:gosec // The path is from Find, the arguments from LocalRun.
	cmd.Dir, cmd.Env = dir, environ.WithoutSecrets(u.Environ)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = on.In, on.Out, on.Err
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = uvGrace
	if err := cmd.Run(); err != nil && ctx.Err() == nil {
		return message.Wrap(err, "done.run_failed")
	}
	return nil
}

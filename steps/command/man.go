package command

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"sleet/steps/command/machine"
	"sleet/ui/message"
)

// newMan returns the command `sleet man`.
func newMan(host machine.Host) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "man [DIR]",
		Short: "Print the manual page, or write a page for each command to DIR",
		Example: `  sleet man | man -l -                read the page
  sleet man ~/.local/share/man/man1   install the pages`,
		Args: cobra.MaximumNArgs(1),
	}
	cmd.RunE = ran(func(_ context.Context, args []string) error {
		at := builtAt(host)
		if len(args) == 0 {
			if _, err := io.WriteString(cmd.OutOrStdout(), manPage(cmd.Root(), host.Build.Version, at)); err != nil {
				return message.Wrap(err, "man.unprinted")
			}
			return nil
		}
		if err := os.MkdirAll(args[0], 0o755); err != nil { //nolint:gosec // Every user may read the pages.
			return message.Wrap(err, "man.unwritten")
		}
		for _, c := range manCommands(cmd.Root()) {
			path := filepath.Join(args[0], manName(c)+".1")
			if err := os.WriteFile(path, []byte(manPage(c, host.Build.Version, at)), 0o644); err != nil { //nolint:gosec // Every user may read the pages.
				return message.Wrap(err, "man.unwritten")
			}
		}
		return nil
	})
	return cmd
}

// builtAt returns the date of the pages: that of the commit for a release, or else now.
// https://reproducible-builds.org/specs/source-date-epoch/
func builtAt(host machine.Host) time.Time {
	if seconds, err := strconv.ParseInt(host.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return time.Unix(seconds, 0)
	}
	return time.Now()
}

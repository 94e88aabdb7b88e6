package command

import (
	"context"
	"path/filepath"

	"sleet/ui/message"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// newMan builds `sleet man`.
func newMan() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "man [DIR]",
		Short: "Print the manual page, or write one page a command into DIR",
		Example: `  sleet man | man -l -                read it
  sleet man ~/.local/share/man/man1   install it`,
		Args: cobra.MaximumNArgs(1),
	}
	cmd.RunE = ran(func(_ context.Context, args []string) error {
		header := &doc.GenManHeader{Section: "1", Source: "sleet", Manual: "sleet"}
		if len(args) == 0 {
			if err := doc.GenMan(cmd.Root(), header, cmd.OutOrStdout()); err != nil {
				return message.Wrap(err, "man.unprinted")
			}
			return nil
		}
		if err := doc.GenManTree(cmd.Root(), header, filepath.Clean(args[0])); err != nil {
			return message.Wrap(err, "man.unwritten")
		}
		return nil
	})
	return cmd
}

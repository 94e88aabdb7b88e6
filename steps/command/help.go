package command

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sleet/ui/message"
)

// newHelp returns the command `sleet help`.
func newHelp(root *cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "help [COMMAND | TOPIC]",
		Short:                 "Explain a command or a topic",
		Long:                  "Explains a command, as --help does, or a topic.",
		DisableFlagsInUseLine: true,
		Example: `  sleet help apply     explain a command
  sleet help secrets   explain a topic`,
		ValidArgsFunction: func(_ *cobra.Command, words []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
			var all []cobra.Completion
			if found, rest := explained(root, words); len(rest) == 0 {
				for _, c := range found.Commands() {
					if !c.Hidden && strings.HasPrefix(c.Name(), typed) {
						all = append(all, cobra.CompletionWithDesc(c.Name(), c.Short))
					}
				}
			}
			return all, cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.RunE = func(cmd *cobra.Command, words []string) error {
		found, rest := explained(root, words)
		if len(rest) > 0 {
			return unexplained(found, rest[0])
		}
		found.SetContext(cmd.Context())
		found.InitDefaultHelpFlag()
		found.InitDefaultVersionFlag()
		return found.Help()
	}
	return cmd
}

// explained returns the command or topic that words name, and the words that name none below it.
func explained(root *cobra.Command, words []string) (found *cobra.Command, rest []string) {
	found, rest, _ = root.Find(words) // its error is about rest
	return found, rest
}

// unexplained returns the error for a word that names no command or topic below a command, with the most similar ones.
func unexplained(parent *cobra.Command, word string) error {
	// cobra suggests only commands that run, which a topic does not.
	names := &cobra.Command{SuggestionsMinimumDistance: 2}
	for _, c := range parent.Commands() {
		names.AddCommand(&cobra.Command{Use: c.Name(), Run: func(*cobra.Command, []string) {}})
	}
	return didYouMean(message.NewError("run.help_unknown", "word", strconv.Quote(word)), names.SuggestionsFor(word))
}

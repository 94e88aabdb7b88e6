package command

import (
	"strings"

	"github.com/spf13/cobra"

	"sleet/scaffold"
)

// completeNew tells shells what the flags of `sleet new` take.
func completeNew(cmd *cobra.Command) {
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	complete := map[string]cobra.CompletionFunc{
		"answers": cobra.FixedCompletions([]cobra.Completion{"toml"}, cobra.ShellCompDirectiveFilterFileExt),
		"runtime": cobra.FixedCompletions(runtimes(), cobra.ShellCompDirectiveNoFileComp),
		"secret":  completeSecret,
	}
	for _, name := range []string{"set", "name", "database", "schema", "warehouse", "compute-pool", "package", "host"} {
		complete[name] = cobra.NoFileCompletions
	}
	for name, f := range complete {
		// It fails only for a flag that does not exist or has one already, which the tests would find.
		cobra.CheckErr(cmd.RegisterFlagCompletionFunc(name, f))
	}
}

func runtimes() []cobra.Completion {
	all := scaffold.Runtimes()
	names := make([]cobra.Completion, 0, len(all))
	for _, f := range all {
		names = append(names, string(f.Runtime))
	}
	return names
}

// completeSecret offers the types after a key, and the ways after a type.
func completeSecret(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp
	done := strings.LastIndex(typed, ":") + 1
	var choices []string
	switch strings.Count(typed, ":") {
	case 1:
		choices = secretTypes()
	case 2:
		choices = secretAccess()
	}
	whole := make([]cobra.Completion, 0, len(choices))
	for _, choice := range choices {
		whole = append(whole, typed[:done]+choice)
	}
	return whole, directive
}

package command

import (
	"strings"

	"github.com/spf13/cobra"

	"sleet/scaffold"
	"sleet/scaffold/check/rules"
	"sleet/steps/command/findings"
	"sleet/ui"
)

// completeNew adds the shell completion of the flags of `sleet new`.
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
		// It fails only for an unknown flag or a second function for one, which the tests would find.
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

// completeSecret completes the types after a key, and the access methods after a type.
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

// completeRules completes a list of the rules of `sleet check`, with their titles.
func completeRules(words func() ui.Translate) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		done, t := typed[:strings.LastIndex(typed, ",")+1], words()
		var all []cobra.Completion
		for _, id := range findings.RuleIDs() {
			rule, _ := rules.RuleOf(id)
			all = append(all, cobra.CompletionWithDesc(done+id, t.Say(rule.Title())))
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

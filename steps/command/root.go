package command

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/text/language"

	"sleet/steps/command/machine"
	"sleet/ui"
	"sleet/ui/message"
)

// globals are the flags of every command.
type globals struct {
	lang       string
	accessible bool
}

// words returns the messages in the language of --lang or the environment.
func (g *globals) words(host machine.Host) ui.Translate {
	return host.Catalogue(g.lang).T
}

// newRoot returns the root command.
func newRoot(host machine.Host) *cobra.Command {
	var global globals
	root := &cobra.Command{
		Use:   "sleet",
		Short: "Set up Streamlit apps in Snowflake whose secrets work",
		Long: `sleet sets up a Streamlit app in Snowflake: the right code for its runtime, the
right configuration, the right SQL, and secrets that reach the app.

Without a command it starts the wizard on the current folder.`,
		Example: `  sleet                  start the wizard in the current folder
  sleet new demo         start the wizard in the folder demo
  sleet new demo --yes   use the defaults and ask nothing`,
		Version:           host.Build.String(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
	}
	root.RunE = ran(func(ctx context.Context, _ []string) error {
		return (&newOptions{host: host, globals: &global, ask: true}).run(ctx, nil)
	})
	root.SetIn(host.In)
	root.SetOut(host.Out)
	root.SetErr(host.Err)
	root.SetFlagErrorFunc(flagError)
	flags := root.PersistentFlags()
	flags.StringVar(&global.lang, "lang", "", "`language` of sleet's texts; default: the environment's")
	flags.BoolVar(&global.accessible, "accessible", host.Getenv("ACCESSIBLE") == "1",
		"ask line by line, for screen readers; also ACCESSIBLE=1")
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return checkLanguage(global.lang) }
	cobra.CheckErr(root.RegisterFlagCompletionFunc("lang",
		cobra.FixedCompletions(message.Languages(), cobra.ShellCompDirectiveNoFileComp)))
	root.AddCommand(newNew(host, &global), newApply(host, &global), newDestroy(host, &global), newDemo(host), newMan(host), newConnections(host, &global), newCheck(host, &global), newMigrate(host, &global), newSchema(host, &global))
	root.AddCommand(newDoctor(host, &global), newLogs(host, &global), newSurvey(host, &global), newCI(host, &global))
	root.AddCommand(newTopics(host, &global)...)
	root.SetHelpCommand(newHelp(root))
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.RunE = needShell
			exemplify(cmd)
		}
		if accepts := cmd.Args; accepts != nil {
			cmd.Args = func(cmd *cobra.Command, words []string) error {
				if accepts(cmd, words) == nil {
					return nil
				}
				return message.NewError("run.arguments", "command", cmd.CommandPath(), "words", strings.Join(words, " "))
			}
		}
	}
	root.Args, root.SuggestionsMinimumDistance = onlyCommands, 2
	return root
}

// onlyCommands returns an error for a word that is not a command.
func onlyCommands(cmd *cobra.Command, words []string) error {
	if len(words) == 0 {
		return nil
	}
	err := message.NewError("run.command_unknown", "word", strconv.Quote(words[0]), "command", strconv.Quote(cmd.CommandPath()))
	return didYouMean(err, cmd.SuggestionsFor(words[0]))
}

// exemplify adds examples to the completion command, which cobra creates.
func exemplify(completion *cobra.Command) {
	examples := map[string]string{
		"bash": `  source <(sleet completion bash)                                    complete in this shell
  mkdir -p ~/.local/share/bash-completion/completions
  sleet completion bash > ~/.local/share/bash-completion/completions/sleet`,
		"zsh": `  source <(sleet completion zsh)                                     complete in this shell
  sleet completion zsh > "${fpath[1]}/_sleet"                        in every new one`,
		"fish": `  sleet completion fish | source                                     complete in this shell
  sleet completion fish > ~/.config/fish/completions/sleet.fish      in every new one`,
		"powershell": `  sleet completion powershell | Out-String | Invoke-Expression       complete in this shell
  sleet completion powershell >> $PROFILE                            in every new one`,
	}
	completion.Example = `  sleet completion bash                                              print the script
  source <(sleet completion zsh)                                     complete in this shell`
	for _, shell := range completion.Commands() {
		shell.Example = examples[shell.Name()]
	}
}

// checkLanguage returns an error for a language that has no messages.
func checkLanguage(lang string) error {
	if lang == "" {
		return nil
	}
	known := message.Languages()
	tag, err := language.Parse(strings.ReplaceAll(lang, "_", "-"))
	if base, _ := tag.Base(); err == nil && slices.Contains(known, base.String()) {
		return nil
	}
	return message.NewError("run.lang", "languages", strings.Join(known, ", "), "value", strconv.Quote(lang))
}

// needShell runs `sleet completion` without a known shell.
func needShell(cmd *cobra.Command, _ []string) error {
	all := cmd.Commands()
	shells := make([]string, 0, len(all))
	for _, shell := range all {
		shells = append(shells, shell.Name())
	}
	return message.NewError("run.shell", "shells", strings.Join(shells, ", "))
}

// flagError returns pflag's error about a flag in the person's language, with the most similar flag for an unknown one.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &missing):
		return message.NewError("run.flag_value", "flag", "--"+missing.GetFlag().Name)
	case errors.As(err, &invalid):
		return message.Wrap(errors.Unwrap(invalid), "run.flag_invalid", "flag", "--"+invalid.GetFlag().Name, "value", strconv.Quote(invalid.GetValue()))
	case !errors.As(err, &unknown):
		return err
	}
	name := unknown.GetSpecifiedName()
	if unknown.GetSpecifiedShortnames() != "" {
		return message.NewError("run.flag_unknown", "flag", "-"+name)
	}
	// cobra suggests only commands, so look up the flags as if they were commands.
	names := &cobra.Command{SuggestionsMinimumDistance: 2}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names.AddCommand(&cobra.Command{Use: "--" + f.Name, Run: func(*cobra.Command, []string) {}})
	})
	return didYouMean(message.NewError("run.flag_unknown", "flag", "--"+name), names.SuggestionsFor("--"+name))
}

// didYouMean adds suggestions to an error.
func didYouMean(err error, near []string) error {
	if len(near) == 0 {
		return err
	}
	slices.Sort(near)
	return message.Wrap(err, "run.did_you_mean", "near", strings.Join(near, ", "))
}

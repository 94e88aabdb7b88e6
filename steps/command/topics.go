package command

import (
	"embed"
	"strings"

	"github.com/spf13/cobra"

	"sleet/steps/command/machine"
	"sleet/steps/command/output"
)

// topics are the texts of `sleet help TOPIC`, NAME.LANGUAGE.txt; the first line is the summary.
//
//go:embed topics/*.txt
var topics embed.FS

// topicNames are the topics in the order in which help lists them.
var topicNames = []string{"secrets", "runtimes", "roles", "migration", "pipelines", "exit-codes"}

// topicText is a topic in a language, in English where the language does not have it.
func topicText(name, lang string) string {
	for _, lang := range []string{lang, "en"} {
		if text, err := topics.ReadFile("topics/" + name + "." + lang + ".txt"); err == nil {
			return string(text)
		}
	}
	return ""
}

// newTopics builds the help topics: commands that do nothing but show their text.
func newTopics(host machine.Host, global *globals) []*cobra.Command {
	names := topicNames
	all := make([]*cobra.Command, 0, len(names))
	for _, name := range names {
		english := topicText(name, "en")
		summary, _, _ := strings.Cut(english, "\n")
		topic := &cobra.Command{Use: name, Short: strings.TrimSuffix(summary, "."), Long: english, DisableFlagsInUseLine: true}
		topic.SetHelpFunc(func(*cobra.Command, []string) {
			lang := host.Catalogue(global.lang).Language()
			output.Say(host.Out, strings.TrimSuffix(topicText(name, lang), "\n"))
		})
		all = append(all, topic)
	}
	return all
}

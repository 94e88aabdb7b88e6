package command

import (
	"embed"
	"strings"

	"github.com/spf13/cobra"

	"sleet/steps/command/machine"
	"sleet/steps/command/output"
)

// topics are the texts of `sleet help TOPIC`, in files NAME.LANGUAGE.txt. The first line is the summary.
//
//go:embed topics/*.txt
var topics embed.FS

// topicNames are the topics, in the order of the help.
var topicNames = []string{"secrets", "runtimes", "roles", "migration", "pipelines", "exit-codes"}

// topicText returns a topic in a language, or else in English.
func topicText(name, lang string) string {
	for _, lang := range []string{lang, "en"} {
		if text, err := topics.ReadFile("topics/" + name + "." + lang + ".txt"); err == nil {
			return string(text)
		}
	}
	return ""
}

// newTopics returns the help topics: commands that only print their text.
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

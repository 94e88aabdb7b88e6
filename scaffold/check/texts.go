package check

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"sleet/snowflake"
	"sleet/ui/message"
)

// sentence is one sentence of a table: what it is called behind "finding.", and the English.
type sentence struct{ name, english string }

// messages are all that a finding or a file left out can say beside the rules' own words.
var messages = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, m := range slices.Concat(codeMessages(), sharedMessages(), missingMessages(), packageMessages(), folderMessages(), sqlMessages(), skippedMessages()) {
		all[m.name] = m.english
	}
	return all
})

// say makes a sentence of the table; args are pairs of a name and a value.
func say(name string, args ...any) message.Message {
	return snowflake.Said("finding."+name, messages()[name], args...)
}

// Texts gives every sentence that a check can say, in the order of their ids: of rules, of findings
// and of files left out.
func Texts() []message.Message {
	const ofRule = 3
	texts := make([]message.Message, 0, ofRule*len(allRules())+len(messages()))
	for _, r := range allRules() {
		texts = append(texts, r.TitleSaid(), r.BreaksSaid(), r.FixSaid())
	}
	for name := range messages() {
		texts = append(texts, say(name))
	}

	slices.SortFunc(texts, func(a, b message.Message) int { return cmp.Compare(a.ID, b.ID) })
	return texts
}

// TitleSaid is Title for another language.
func (r Rule) TitleSaid() message.Message { return r.said("title", r.Title) }

// BreaksSaid is Breaks for another language.
func (r Rule) BreaksSaid() message.Message { return r.said("breaks", r.Breaks) }

// FixSaid is Fix for another language.
func (r Rule) FixSaid() message.Message { return r.said("fix", r.Fix) }

func (r Rule) said(part, english string) message.Message {
	return snowflake.Said("finding."+r.ID+"."+part, english)
}

// saidBy gives the words of an error, of those round it not: they say where, and that is known.
func saidBy(err error) message.Message {
	var said interface{ Says() message.Message }
	if errors.As(err, &said) {
		return said.Says()
	}
	return message.Verbatim(err.Error())
}

// PackageWhy makes a Text of a reason that scaffold.PyPIName or scaffold.FloorOf gives.
func PackageWhy(words string) message.Message { return known("why.", words) }

// known makes a Text of a phrase that stands in a table of facts: the sentence of that beginning with
// these words, or the words as they are.
func known(beginning, words string) message.Message {
	for name, english := range messages() {
		if english == words && strings.HasPrefix(name, beginning) {
			return say(name)
		}
	}
	return message.Verbatim(words)
}

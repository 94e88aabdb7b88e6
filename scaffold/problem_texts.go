package scaffold

import "sleet/snowflake"

// Texts gives every message that the rules have, in English, under the names that it has in the
// files of languages: "problem.<ID>.message" and "problem.<ID>.fix".
func Texts() []snowflake.Text {
	rules := allRules()
	texts := make([]snowflake.Text, 0, 2*len(rules))
	for i := range rules {
		texts = append(texts, rules[i].messageText(), rules[i].fixText())
	}
	return texts
}

func (r *Rule) messageText() snowflake.Text {
	return snowflake.Said("problem."+r.ID+".message", r.Message)
}

func (r *Rule) fixText() snowflake.Text { return snowflake.Said("problem."+r.ID+".fix", r.Fix) }

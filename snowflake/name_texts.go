package snowflake

import "sleet/ui/message"

// NameTexts gives every reason that a NameError can have, in English, under the names that they have
// in the files of languages. Each goes on a sentence that began with the name.
func NameTexts() []message.Message {
	return []message.Message{
		message.New("problem.name.quote"),
		message.New("problem.name.empty"),
		message.New("problem.name.utf8"),
		message.New("problem.name.control"),
		message.New("problem.name.long"),
		message.New("problem.name.part"),
		message.New("problem.name.empty_part"),
		message.New("problem.name.parts"),
		message.New("problem.name.text_after"),
		message.New("problem.name.open"),
	}
}

// nameError makes the error of a name: the reason of an id of NameTexts, how to mend it, and pairs of
// the reason's arguments.
func nameError(raw, id, fix string, args ...any) *NameError {
	said := Said("problem.name."+id, "", args...)
	for _, known := range NameTexts() {
		if known.ID == said.ID {
			said.English = known.English
		}
	}
	return &NameError{Raw: raw, Why: said.String(), Said: said, Fix: fix, Page: identPage}
}

package snowflake

// NameTexts gives every reason that a NameError can have, in English, under the names that they have
// in the files of languages. Each goes on a sentence that began with the name.
func NameTexts() []Text {
	return []Text{
		Said("problem.name.quote", "has double quotes round it and a single double quote inside"),
		Said("problem.name.empty", "is empty"),
		Said("problem.name.utf8", "is not valid UTF-8"),
		Said("problem.name.control", "has the control character {character}"),
		Said("problem.name.long", "has {count} characters"),
		Said("problem.name.part", "has the part {part}, which {why}"),
		Said("problem.name.empty_part", "has an empty part"),
		Said("problem.name.parts", "has {count} parts"),
		Said("problem.name.text_after", "has text right after a closing double quote"),
		Said("problem.name.open", "has a part that opens a double quote and never closes it"),
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

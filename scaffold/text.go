package scaffold

// text is one phrase in each language of generated comments.
type text struct{ en, ja string }

// in gives the phrase in a language, English where it has no other.
func (t text) in(l Language) string {
	if l == Japanese && t.ja != "" {
		return t.ja
	}
	return t.en
}

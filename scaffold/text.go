package scaffold

// text is one phrase in each language of generated comments.
type text struct{ en, ja string }

// in returns the phrase in a language, English where it has no other.
func (t text) in(l Language) string {
	if l == Japanese && t.ja != "" {
		return t.ja
	}
	return t.en
}

// say returns a phrase in each language of comments.
func say(en, ja string) text { return text{en: en, ja: ja} }

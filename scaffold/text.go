package scaffold

// Text is one phrase in each language of generated comments.
type Text struct{ En, Ja string }

// In returns the phrase in a language, English where it has no other.
func (t Text) In(l Language) string {
	if l == Japanese && t.Ja != "" {
		return t.Ja
	}
	return t.En
}

// Say returns a phrase in each language of comments.
func Say(en, ja string) Text { return Text{En: en, Ja: ja} }

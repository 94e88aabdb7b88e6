package resources

import "fmt"

// phrase is one phrase in each language of comments.
type phrase struct{ en, ja string }

// say returns a phrase in each language.
func say(en, ja string) phrase { return phrase{en: en, ja: ja} }

// tell returns a phrase in the language of the app's comments, with its arguments put in.
func (a *Parsed) tell(p phrase, args ...any) string {
	text := p.en
	if a.Japanese && p.ja != "" {
		text = p.ja
	}
	return fmt.Sprintf(text, args...)
}

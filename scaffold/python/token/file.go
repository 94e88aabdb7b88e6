package token

// File is a source file in tokens.
type File struct {
	// Text is the source as UTF-8, without a byte order mark; all offsets are into it.
	Text   []byte
	Tokens []Token
	lines  []int  // where each line starts in Text
	origin origin // where Text was in the source
}

// Read returns the tokens of a source. Where a bracket is never closed, or a token is not one, it returns
// the error and the tokens up to it, which for a bracket are all; where the source cannot be decoded, no file.
func Read(source []byte) (*File, *Error) {
	text, from, err := decode(source)
	if err != nil {
		return nil, err
	}
	tokens, err := tokenize(text)
	return &File{Text: text, Tokens: tokens, lines: lineStarts(text), origin: from}, err
}

package token

// File is a source file split into tokens.
type File struct {
	// Text is the source as UTF-8 without a byte order mark. All offsets refer to it.
	Text   []byte
	Tokens []Token
	lines  []int  // offset of each line in Text
	origin origin // position of Text in the source
}

// Read returns the tokens of a source. If there is an invalid token, it returns an error and the
// tokens before it. If a bracket is never closed, it returns an error and all tokens. If the source
// cannot be decoded, it returns no file.
func Read(source []byte) (*File, *Error) {
	text, from, err := decode(source)
	if err != nil {
		return nil, err
	}
	tokens, err := tokenize(text)
	return &File{Text: text, Tokens: tokens, lines: lineStarts(text), origin: from}, err
}

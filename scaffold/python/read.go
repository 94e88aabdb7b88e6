package python

// tokenFile is a source file in tokens.
type tokenFile struct {
	// Text is the source as UTF-8, without a byte order mark; all offsets are into it.
	Text   []byte
	Tokens []Token
	lines  []int  // where each line starts in Text
	origin origin // where Text was in the source
}

// read returns the tokens of a source. Where a bracket is never closed, or a token is not one, it returns
// the error and the tokens as tokenize does; where the source cannot be decoded, no file.
func read(source []byte) (*tokenFile, *Error) {
	text, from, err := decode(source)
	if err != nil {
		return nil, err
	}
	tokens, err := tokenize(text)
	return &tokenFile{Text: text, Tokens: tokens, lines: lineStarts(text), origin: from}, err
}

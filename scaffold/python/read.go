package python

// read returns a file without its tree. Where a bracket is never closed, or a token is none, it gives
// the error and the tokens as tokenize does; where the source cannot be decoded, no file.
func read(source []byte) (*File, *Error) {
	text, from, err := decode(source)
	if err != nil {
		return nil, err
	}
	tokens, err := tokenize(text)
	return &File{Text: text, Tokens: tokens, lines: lineStarts(text), origin: from}, err
}

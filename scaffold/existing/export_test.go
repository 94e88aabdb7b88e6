package existing

// SetMaxRead sets how many bytes of Python a folder may have for all of it to be parsed, and returns what it was.
func SetMaxRead(size int64) int64 {
	was := maxRead
	maxRead = size
	return was
}

// GuessImports is guessImports.
func GuessImports(text []byte) []string { return guessImports(text) }

// Imports returns what the statements of a text import, and whether Python accepts it.
func Imports(text []byte) ([]string, bool) {
	s := &source{analysis: newCache().of(text), data: text}
	ok := s.accepted(true)
	return s.imports, ok
}

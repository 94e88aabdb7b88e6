package existing

// SetMaxRead sets the number of bytes of Python up to which a folder is parsed completely, and returns the previous
// value.
func SetMaxRead(size int64) int64 {
	was := maxRead
	maxRead = size
	return was
}

// GuessImports is guessImports.
func GuessImports(text []byte) []string { return guessImports(text) }

// Imports returns what the statements of a text import, and whether the text is valid Python.
func Imports(text []byte) ([]string, bool) {
	s := &source{analysis: newCache().of(text), data: text}
	ok := s.accepted(true)
	return s.imports, ok
}

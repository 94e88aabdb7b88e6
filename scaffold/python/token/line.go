package token

// line scans the indentation at the start of a line.
func (s *scanner) line() {
	s.fresh, s.blank = false, false
	start := s.pos
	var at indent
	backslash := 0 // column of the first backslash, which fixes the indentation of a continued line
	for space := true; space; {
		switch s.at(s.pos) {
		case ' ':
			at.col++
			at.alt++
			s.pos++
		case '\t':
			at.col = (at.col/8 + 1) * 8
			at.alt++
			s.pos++
		case '\f':
			at = indent{}
			s.pos++
		case '\\':
			if backslash == 0 {
				backslash = at.col
			}
			if s.continueLine(); s.done {
				return
			}
			start = s.pos
		default:
			space = false
		}
	}
	if s.pos >= len(s.text) && s.pos == start {
		s.ended = true
		return
	}
	if c := s.at(s.pos); c == '#' || c == '\n' || c == '\r' || s.pos >= len(s.text) {
		s.blank = true
		return
	}
	if len(s.brackets) > 0 {
		return
	}
	if backslash != 0 {
		at = indent{backslash, backslash}
	}
	s.block(at, start)
}

// block opens or closes blocks for a line of code with the given indentation.
func (s *scanner) block(at indent, start int) {
	pos := s.pos
	top := s.indents[len(s.indents)-1]
	if at.col > top.col {
		switch {
		case len(s.indents) >= maxIndents:
			s.fail(start, "too many levels of indentation")
		case at.alt <= top.alt:
			s.tabs(start)
		default:
			s.indents = append(s.indents, at)
			s.emit(Indent, start, pos)
		}
		return
	}
	for at.col < top.col {
		s.indents = s.indents[:len(s.indents)-1]
		top = s.indents[len(s.indents)-1]
		s.emit(Dedent, pos, pos)
	}
	switch {
	case at.col != top.col:
		s.fail(pos, "unindent does not match any outer indentation level")
	case at.alt != top.alt:
		s.tabs(start)
	}
}

func (s *scanner) tabs(start int) {
	s.fail(start, "inconsistent use of tabs and spaces in indentation")
}

// lineEnd scans the end of a line, or adds the one that the last line lacks.
func (s *scanner) lineEnd() {
	kind := Newline
	if s.blank || len(s.brackets) > 0 {
		kind = NL
	}
	s.emit(kind, s.pos, s.pos+lineEndSize(s.text, s.pos))
	s.fresh = true
}

// lineEndSize returns the number of bytes of the line ending at an offset, 0 if there is none.
func lineEndSize(text []byte, i int) int {
	switch {
	case i >= len(text) || text[i] != '\n' && text[i] != '\r':
		return 0
	case text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n':
		return 2
	default:
		return 1
	}
}

// continueLine skips a backslash at the end of a line.
func (s *scanner) continueLine() {
	size := lineEndSize(s.text, s.pos+1)
	next := s.pos + 1 + size
	switch {
	case size == 0 && s.pos+1 < len(s.text):
		s.fail(s.pos+1, "unexpected character after line continuation character")
	case next < len(s.text):
		s.pos = next
	case len(s.brackets) > 0:
		s.pos = len(s.text)
		s.ended = true
		s.end()
	default:
		s.fail(s.pos+1, "unexpected EOF while parsing")
	}
}

// end closes everything that is open at the end of the text.
func (s *scanner) end() {
	if open := len(s.brackets); open > 0 {
		at := s.brackets[open-1]
		s.fail(at, "'%c' was never closed", s.text[at])
	} else if !s.ended {
		s.lineEnd()
		return
	}
	for range s.indents[1:] {
		s.emit(Dedent, s.pos, s.pos)
	}
	s.emit(EndMarker, s.pos, s.pos)
	s.done = true
}

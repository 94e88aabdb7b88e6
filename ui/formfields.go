package ui

// WithFields replaces the fields. The focus stays on the field with the same id, or else on the same index.
func (f Form) WithFields(fields ...Field) Form {
	focus := f.Focused()
	f.fields = append([]Field(nil), fields...)
	f.focus = max(min(f.focus, len(fields)-1), 0)
	return f.Focus(focus)
}

// Field returns the field with this id, or nil.
func (f Form) Field(id string) Field {
	for _, field := range f.fields {
		if field.Head().ID == id {
			return field
		}
	}
	return nil
}

// SetBelow sets lines to show below the fields, in several variants, the tallest first. The first one that fits is
// shown, and the fields drop empty lines for it.
func (f Form) SetBelow(ways ...[]string) Form {
	moved := len(ways) != len(f.ways)
	for i := range min(len(ways), len(f.ways)) {
		moved = moved || len(ways[i]) != len(f.ways[i])
	}
	f.ways = ways
	if moved {
		return f.laidOut()
	}
	return f
}

// below returns the lines that fit below the fields, which must have their sizes.
func (f Form) below() []string {
	for _, way := range f.ways {
		if f.start(len(f.fields))+len(way) <= f.bodyHeight()+f.slack() {
			return way
		}
	}
	return nil
}

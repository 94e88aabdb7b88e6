package ui

// WithFields puts other fields in the form. The focus stays on the field with the same id, or
// else where it was.
func (f Form) WithFields(fields ...Field) Form {
	focus := f.Focused()
	f.fields = append([]Field(nil), fields...)
	f.focus = max(min(f.focus, len(fields)-1), 0)
	return f.Focus(focus)
}

// Field gives the field with this id, nil when there is none.
func (f Form) Field(id string) Field {
	for _, field := range f.fields {
		if field.Head().ID == id {
			return field
		}
	}
	return nil
}

// SetBelow sets lines that stand under the fields where there is room for all of them; the fields
// draw together for them.
func (f Form) SetBelow(lines ...string) Form {
	moved := len(lines) != len(f.below)
	f.below = lines
	if moved {
		return f.laidOut()
	}
	return f
}

package migrate

import (
	"bytes"
	"slices"
)

// review lists the edits that may change what the app does, each at the line where it is afterwards.
func (p *planner) review() []Note {
	var list []Note
	for _, e := range p.m.Edits {
		if e.Automatic {
			continue
		}
		n := Note{Rule: e.Rule, Symbol: e.Symbol, Path: e.Path, Line: p.lineAfter(e), Message: e.Why}
		twin := func(have Note) bool {
			return have.Path == n.Path && have.Line == n.Line && have.Message.String() == n.Message.String()
		}
		if !slices.ContainsFunc(list, twin) {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, byPlace)
	return list
}

// lineAfter is the line where an edit is in the file as it is to be.
func (p *planner) lineAfter(e Edit) int {
	now, ok := p.content(e.Path)
	if !ok {
		return e.Line
	}
	at := Moved(e.Start, EditsOf(e.Path, p.m.Edits))
	return bytes.Count(now[:min(at, len(now))], []byte("\n")) + 1
}

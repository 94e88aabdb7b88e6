package migrate

import (
	"fmt"
	"slices"
)

// review lists the edits that may change what the app does, each at the line where it is afterwards.
func (p *planner) review() []Note {
	var list []Note
	byPath := editsByPath(p.m.Edits)
	files := map[string]*editedLines{}
	seen := map[string]bool{}
	for _, e := range p.m.Edits {
		if e.Automatic {
			continue
		}
		n := Note{Rule: e.Rule, Symbol: e.Symbol, Path: e.Path, Line: e.Line, Message: e.Why}
		if now, stays := p.content(e.Path); stays {
			if files[e.Path] == nil {
				files[e.Path] = newEditedLines(byPath[e.Path], now)
			}
			n.Line = files[e.Path].line(e.Start)
		}
		if twin := fmt.Sprintf("%s:%d:%s", n.Path, n.Line, n.Message); !seen[twin] {
			seen[twin] = true
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, byPlace)
	return list
}

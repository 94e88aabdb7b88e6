package migrate

import (
	"fmt"
	"slices"

	"sleet/scaffold/migrate/change"
)

// review returns the edits that may change the app's behavior, with their lines in the edited files.
func (p *planner) review() []change.Note {
	var list []change.Note
	byPath := change.EditsByPath(p.m.Edits)
	files := map[string]*change.EditedLines{}
	seen := map[string]bool{}
	for _, e := range p.m.Edits {
		if e.Automatic {
			continue
		}
		n := change.Note{Rule: e.Rule, Symbol: e.Symbol, Path: e.Path, Line: e.Line, Message: e.Why}
		if now, stays := p.content(e.Path); stays {
			if files[e.Path] == nil {
				files[e.Path] = change.NewEditedLines(byPath[e.Path], now)
			}
			n.Line = files[e.Path].Line(e.Start)
		}
		if twin := fmt.Sprintf("%s:%d:%s", n.Path, n.Line, n.Message); !seen[twin] {
			seen[twin] = true
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, byPlace)
	return list
}

package migrate

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/ui/message"
)

// box matches one line of the list of manual work: its check mark, place, message and rule.
var box = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("^- \\[([ xX])\\] `([^`]+)` (.*) \\(([A-Za-z0-9-]+)\\)$")
})

// toldOnce reports whether only the run that migrates the app can report something, because it removes the cause or
// compares the app with its previous state.
func toldOnce(n change.Note) bool {
	return slices.Contains([]string{RuleCache, RulePolicy, RuleShared, manifest.RuleImports, manifest.RulePipLine}, n.Rule) ||
		n.Rule == manifest.RulePackages && slices.Contains(otherListNames(), path.Base(n.Path))
}

// openBoxes returns the unchecked items of the list in the folder that nothing else reports any more: items about
// removed files, such as a package of environment.yml that no container has, and items that only the first run can
// report.
func (p *planner) openBoxes() []change.Note {
	text, there := p.folder.Content(path.Join(p.root, scaffold.ManualFile))
	if !there {
		return nil
	}
	var list []change.Note
	mine := false
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		if title, heading := strings.CutPrefix(line, "## "); heading {
			mine = title == inline(p.say(message.New("moved.list-manual")))
		}
		m := box().FindStringSubmatch(line)
		if !mine || m == nil || m[1] != " " {
			continue
		}
		n := change.Note{Rule: m[4], Path: path.Join(p.root, m[2]), Message: message.Verbatim(m[3]), Manual: true}
		if file, number, has := cutLast(m[2]); has {
			n.Path, n.Line = path.Join(p.root, file), number
		}
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "      ") {
			n.Fix = message.Verbatim(strings.TrimSpace(lines[i+1]))
		}
		if !slices.Contains(p.folder.Paths, n.Path) || toldOnce(n) {
			list = append(list, n)
		}
	}
	return list
}

// cutLast splits path:line.
func cutLast(place string) (file string, line int, ok bool) {
	i := strings.LastIndexByte(place, ':')
	if i < 0 {
		return place, 0, false
	}
	line, err := strconv.Atoi(place[i+1:])
	return place[:i], line, err == nil
}

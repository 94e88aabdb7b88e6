package manifest

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

// aboutConda matches comments about the file that they were in.
var aboutConda = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(conda|anaconda|channels?|environment\.ya?ml|environment file)\b`)
})

// telling reports whether a comment is still valid in pyproject.toml.
func telling(comment string) bool {
	return strings.IndexFunc(comment, unicode.IsLetter) >= 0 && !aboutConda().MatchString(comment)
}

// commentedOut returns a commented-out dependency in the form of pyproject.toml, and any other comment unchanged.
func commentedOut(comment string) string {
	entry, ok := strings.CutPrefix(comment, "- ")
	if !ok {
		return comment
	}
	spec, err := pep508.ParseConda(entry)
	if err != nil || spec.Build != "" {
		return comment
	}
	name, _ := pep508.PyPIName(spec.Name)
	specifier, known := spec.Specifier()
	if name == "" || !known {
		return comment
	}
	return `"` + name + specifier + `",`
}

// Annotate adds the comments of the packages to a pyproject.toml that was generated from the answers: on the lines
// above a package, or at the end of its line.
func (p *Packages) Annotate(text string) string {
	var b strings.Builder
	text = strings.ReplaceAll(text, "sql/setup.sql", scaffold.MigrateFile)
	for _, comment := range p.head {
		b.WriteString("# " + comment + "\n")
	}
	inside := false
	for line := range strings.Lines(text) {
		entry := strings.TrimSpace(line)
		switch {
		case entry == "dependencies = [":
			inside = true
		case inside && entry == "]":
			for _, comment := range p.foot {
				b.WriteString("    # " + comment + "\n")
			}
			inside = false
		case inside:
			d := p.dependencyIn(entry)
			for _, comment := range d.above {
				if comment = commentedOut(comment); telling(comment) {
					b.WriteString("    # " + comment + "\n")
				}
			}
			if telling(d.beside) {
				line = strings.TrimRight(line, "\n") + "  # " + d.beside + "\n"
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// dependencyIn returns the package on a line of the list.
func (p *Packages) dependencyIn(entry string) dependency {
	r, err := pep508.ParseRequirement(strings.Trim(strings.TrimSuffix(entry, ","), `"'`))
	if err != nil {
		return dependency{}
	}
	for _, d := range p.kept {
		if d.requirement.Normal == r.Normal && d.requirement.Marker == r.Marker {
			return d
		}
	}
	return dependency{}
}

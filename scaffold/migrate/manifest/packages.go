package manifest

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/pep508"
	"sleet/ui/message"
)

// Packages is the result of reading the files that list the app's packages.
type Packages struct {
	// Streamlit and List are the answers python.streamlit and python.packages.
	Streamlit string
	List      []string
	// Removed are the files whose packages are in pyproject.toml now.
	Removed []string
	Notes   []change.Note

	// Dynamic are the files from which pyproject.toml reads its dependencies and whose packages were read.
	Dynamic []string

	unread bool // some of those could not be read

	kept       []dependency
	head, foot []string
}

// dependency is a package with its comments.
type dependency struct {
	requirement pep508.Requirement
	listed
	path string
}

// Empty reports whether no file lists a package.
func (p Packages) Empty() bool { return len(p.kept) == 0 }

// ReadPackages reads the files in the app's root that list packages, by name, and returns the packages that a container
// needs. What pyproject.toml already lists takes precedence and stays in the file. An error is a *FileError; that file
// then stays unchanged.
func ReadPackages(files map[string][]byte) (Packages, error) {
	var p Packages
	p.addProject(files[scaffold.PyprojectFile])
	p.addDynamic(files)
	if data, ok := files[scaffold.CondaFile]; ok {
		f, err := parseCondaFile(scaffold.CondaFile, data)
		if err != nil {
			return p, err
		}
		p.addConda(f)
		p.Removed = append(p.Removed, scaffold.CondaFile)
	}
	if data, ok := files[scaffold.PipFile]; ok {
		p.addPip(scaffold.PipFile, data, files)
	}
	p.keepDynamic()
	p.settle()
	return p, nil
}

// addConda adds the packages of environment.yml.
func (p *Packages) addConda(f condaFile) {
	for _, text := range f.head {
		if telling(text) {
			p.head = append(p.head, text)
		}
	}
	var above []string
	for _, l := range f.dependencies {
		l.above = append(above, l.above...)
		above = nil
		spec, err := pep508.ParseConda(l.text)
		if err != nil {
			p.note(scaffold.CondaFile, l, l.text, true, message.New("manual.package", "error", message.Of(err)), message.New("manual.package.fix"))
			continue
		}
		if d, ok := p.fromConda(spec, l); ok {
			p.add(d)
			continue
		}
		above = l.above
	}
	for _, l := range f.pip {
		l.above = append(above, l.above...)
		above = nil
		p.addRequirement(scaffold.CondaFile, l)
	}
	for _, text := range slices.Concat(above, f.foot) {
		if text = commentedOut(text); telling(text) {
			p.foot = append(p.foot, text)
		}
	}
	for _, channel := range f.channels {
		if channel != "snowflake" && channel != "defaults" && channel != "nodefaults" && channel != "" {
			p.Notes = append(p.Notes, change.Note{
				Rule: "SL202", Path: scaffold.CondaFile, Line: 1,
				Message: message.New("moved.channel", "channel", channel),
			})
		}
	}
}

// fromConda returns a conda package as a requirement; ok is false if PyPI does not have it.
func (p *Packages) fromConda(spec pep508.CondaSpec, l listed) (dependency, bool) {
	if pep508.NormalPackage(spec.Name) == "python" {
		pythons := scaffold.Facts(scaffold.Container).Pythons
		v := strings.TrimLeft(spec.Version, pep508.CondaOperators)
		if v != "" && !slices.ContainsFunc(pythons, func(have string) bool { return strings.HasPrefix(v+".", have+".") }) {
			p.note(scaffold.CondaFile, l, "python", false, message.New(
				"moved.python", "version", v, "python", pythons[len(pythons)-1], "choices", message.Verbatim(strings.Join(pythons, ", ")),
			), message.Message{})
		}
		return dependency{}, false
	}
	name, why := pep508.PyPIName(spec.Name)
	if name == "" {
		switch {
		case !pep508.IsDroppable(spec.Name):
			p.note(scaffold.CondaFile, l, spec.Name, true, message.New("manual.conda-only", "package", spec.Name, "why", why), message.New("manual.conda-only.fix"))
		case pep508.NormalPackage(spec.Name) != "pip":
			p.note(scaffold.CondaFile, l, spec.Name, false, message.New("moved.left-out", "package", spec.Name, "why", why), message.Message{})
		}
		return dependency{}, false
	}
	specifier, ok := spec.Specifier()
	if !ok {
		p.note(scaffold.CondaFile, l, spec.Name, true,
			message.New("manual.versions", "versions", spec.Version), message.New("manual.versions.fix"))
	}
	r, err := pep508.ParseRequirement(name + specifier)
	if err != nil {
		p.note(scaffold.CondaFile, l, spec.Name, true, message.New("manual.package", "error", unread(name+specifier, err)), message.New("manual.package.fix"))
		return dependency{}, false
	}
	if bare, _, _ := strings.Cut(name, "["); pep508.NormalPackage(spec.Name) != pep508.NormalPackage(bare) {
		msg := message.New("moved.renamed", "package", spec.Name, "name", name)
		if !why.IsZero() {
			msg = message.New("moved.renamed-why", "package", spec.Name, "name", name, "why", why)
		}
		p.note(scaffold.CondaFile, l, spec.Name, false, msg, message.Message{})
	}
	return dependency{r, l, scaffold.CondaFile}, true
}

// unread returns why a requirement cannot be parsed.
func unread(requirement string, err error) message.Message {
	why := errors.Unwrap(err)
	if why == nil {
		return message.Of(err)
	}
	return message.New("moved.requirement", "text", strconv.Quote(requirement), "why", message.Of(why))
}

// add adds a package unless an earlier file has it: the versions of the warehouse take precedence.
func (p *Packages) add(d dependency) {
	same := func(have dependency) bool {
		return have.requirement.Normal == d.requirement.Normal && have.requirement.Marker == d.requirement.Marker
	}
	if i := slices.IndexFunc(p.kept, same); i >= 0 {
		if p.kept[i].requirement.Specifier == "" && p.kept[i].requirement.URL == "" && d.requirement.Specifier != "" {
			d.above = append(p.kept[i].above, d.above...)
			p.kept[i] = d
		}
		return
	}
	p.kept = append(p.kept, d)
}

// settle raises versions that are too old for a container, and fills in the answers.
func (p *Packages) settle() {
	for i := range p.kept {
		d := &p.kept[i]
		r := &d.requirement
		if f, ok := scaffold.MinimumVersionOf(r.Normal); ok && r.URL == "" {
			raised, forced := raise(r.Clauses, f.Version)
			if forced {
				p.note(d.path, d.listed, r.Normal, false,
					message.New("moved.raised", "package", r.Name, "versions", r.Specifier, "floor", f.Version, "why", message.New(f.Why)), message.Message{})
				if r.Normal == scaffold.StreamlitPackage {
					raised, _ = pep508.ParseSpecifier(scaffold.Facts(scaffold.Container).DefaultStreamlit)
				}
			}
			if forced || r.Normal == scaffold.StreamlitPackage {
				*r = withClauses(*r, raised)
			}
		}
		if r.Normal == scaffold.StreamlitPackage && r.Marker == "" && r.URL == "" {
			p.Streamlit = r.Specifier
			continue
		}
		if text := r.String(); message.MaskURLs(text) != text {
			// sleet.toml is committed to the repository, so it must not contain a password.
			p.note(d.path, d.listed, r.Normal, true, message.New("moved.credential", "requirement", text), message.New("moved.credential_fix"))
			continue
		}
		p.List = append(p.List, r.String())
	}
}

func withClauses(r pep508.Requirement, clauses []pep508.Clause) pep508.Requirement {
	texts := make([]string, 0, len(clauses))
	for _, c := range clauses {
		texts = append(texts, c.String())
	}
	r.Clauses, r.Specifier = clauses, strings.Join(texts, ",")
	return r
}

func (p *Packages) note(path string, l listed, symbol string, manual bool, what, fix message.Message) {
	p.Notes = append(p.Notes, change.Note{
		Rule: "SL202", Symbol: message.MaskURLs(symbol), Path: path, Line: l.line, Message: what, Fix: fix, Manual: manual,
	})
}

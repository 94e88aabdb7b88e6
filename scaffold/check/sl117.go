package check

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/python"
	"sleet/ui/message"
)

// sl117 is the rule about module, page or file that is not there.
func sl117() Rule {
	return Rule{
		ID: "SL117", Runtimes: everywhere(), Severity: Error,
		Page: pagePackages, check: missingModules,
		Example: Example{
			Before: `import plotly.express
import streamlit as st

## requirements.txt
streamlit>=1.50
`,
			After: `import plotly.express
import streamlit as st

## requirements.txt
streamlit>=1.50
plotly>=6
`,
		},
	}
}

// missingModules finds SL117: an import that no file of the app, listed package, standard module or package of the
// runtime satisfies, and a page or a file that is not there.
func missingModules(a *App, o Options) []Finding {
	s := search{app: a, listing: a.listing(o), o: o, searched: a.changesPath(), seen: map[string]bool{}}
	list := eachCode(a, func(u *unit, n python.Stmt) []Finding {
		var found []Finding
		switch n := n.(type) {
		case *python.Import:
			for _, alias := range n.Names {
				found = append(found, s.imported(u, n, alias.Name)...)
			}
		case *python.ImportFrom:
			found = s.importedFrom(u, n)
		}
		return found
	})
	list = append(list, missingPages(a)...)
	return append(append(list, missingFiles(a)...), unsentManifest(a, o)...)
}

// importedFrom looks at from … import …: of a package of the app each name may be a module.
func (s search) importedFrom(u *unit, n *python.ImportFrom) []Finding {
	module := strings.Repeat(".", n.Level) + n.Module
	if n.Module != "" {
		return s.imported(u, n, module)
	}
	var list []Finding
	for _, alias := range n.Names {
		own, _ := s.app.ModuleOf(u.Path, module)
		if own == "" && alias.Name != "*" {
			list = append(list, s.imported(u, n, module+alias.Name)...)
		}
	}
	return list
}

// imported makes the finding of a module that is imported and not there.
func (s search) imported(u *unit, n python.Node, module string) []Finding {
	if !existing.Inside(s.app.Root, u.Path) || !s.app.Uploads(u.Path) || u.importsOptionally(n) || s.satisfied(u, module) {
		return nil
	}
	first, _, _ := strings.Cut(strings.TrimLeft(module, "."), ".")
	key := u.Path + "\x00" + first
	if s.seen[key] {
		return nil
	}
	s.seen[key] = true
	f := u.at(n, module, message.New("finding.SL117.what.module", "module", module))
	f.FixSaid = message.New("finding.SL117.fix.module", "module", module)
	if outside := s.outsideFile(u, module); outside != "" {
		f.Said, f.FixSaid = message.New("finding.SL117.what.outside", "module", module, "path", outside), message.New("finding.SL117.fix.outside")
		if slices.Contains(s.app.Around, outside) {
			f.Severity = Warning // a script of the folder may bring it
		}
		return []Finding{f}
	}
	list := path.Base(s.listing.file)
	switch packages := packagesOf(module); {
	case strings.HasPrefix(module, "."):
		f.FixSaid = message.New("finding.SL117.fix.outside")
	case s.listing.file == "":
		f.Severity = Warning
		f.Said = message.New("finding.SL117.what.unlisted", "module", module)
		f.FixSaid = message.New("finding.SL117.fix.unlisted", "module", module, "list", scaffold.Facts(s.o.Runtime).PackageFile)
	case len(packages) > 0:
		f.Said = message.New("finding.SL117.what.package", "module", module, "list", list, "package", packages[0])
		f.FixSaid = message.New("finding.SL117.fix.package", "list", list, "package", packages[0])
	default:
		f.Said = message.New("finding.SL117.what.listed", "module", module, "list", list)
		if s.searched {
			f.Said = message.New("finding.SL117.what.searched", "module", module, "list", list)
		}
		f.FixSaid = message.New("finding.SL117.fix.listed", "list", list)
	}
	if u.function(n) != nil {
		f.Severity = Warning
	}
	if !strings.HasPrefix(module, ".") {
		f.group = first
	}
	return []Finding{f}
}

package rules

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl117 returns the rule about missing modules, pages and files.
func sl117() Rule {
	return Rule{
		ID: "SL117", Runtimes: everywhere(), Severity: facts.Error,
		Page: pagePackages, Check: missingModules,
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

// missingModules returns the findings of SL117: imports that no file of the app, listed package,
// standard module or package of the runtime provides, and missing pages and files.
func missingModules(a *facts.App, o facts.Options) []facts.Finding {
	s := facts.Search{App: a, Listing: a.Listing(o), O: o, Searched: a.ChangesPath(), Seen: map[string]bool{}}
	list := facts.EachCode(a, func(u *facts.Unit, n ast.Stmt) []facts.Finding {
		var found []facts.Finding
		switch n := n.(type) {
		case *ast.Import:
			for _, alias := range n.Names {
				found = append(found, imported(s, u, n, alias.Name)...)
			}
		case *ast.ImportFrom:
			found = importedFrom(s, u, n)
		}
		return found
	})
	list = append(list, missingPages(a)...)
	return append(append(list, missingFiles(a)...), unsentManifest(a, o)...)
}

// importedFrom checks a from-import. If it imports from a package of the app, each name may be a
// module.
func importedFrom(s facts.Search, u *facts.Unit, n *ast.ImportFrom) []facts.Finding {
	module := strings.Repeat(".", n.Level) + n.Module
	if n.Module != "" {
		return imported(s, u, n, module)
	}
	var list []facts.Finding
	for _, alias := range n.Names {
		own, _ := s.App.ModuleOf(u.Path, module)
		if own == "" && alias.Name != "*" {
			list = append(list, imported(s, u, n, module+alias.Name)...)
		}
	}
	return list
}

// imported returns the finding for a missing module.
func imported(s facts.Search, u *facts.Unit, n ast.Node, module string) []facts.Finding {
	if !existing.Inside(s.App.Root, u.Path) || !s.App.Uploads(u.Path) || u.ImportsOptionally(n) || s.Satisfied(u, module) {
		return nil
	}
	first, _, _ := strings.Cut(strings.TrimLeft(module, "."), ".")
	key := u.Path + "\x00" + first
	if s.Seen[key] {
		return nil
	}
	s.Seen[key] = true
	f := u.Finding(n, module, message.New("finding.SL117.what.module", "module", module))
	f.Fix = message.New("finding.SL117.fix.module", "module", module)
	if outside := s.OutsideFile(u, module); outside != "" {
		f.Message, f.Fix = message.New("finding.SL117.what.outside", "module", module, "path", outside), message.New("finding.SL117.fix.outside")
		if slices.Contains(s.App.Around, outside) {
			f.Severity = facts.Warning // a script in the folder may provide it
		}
		return []facts.Finding{f}
	}
	list := path.Base(s.Listing.File)
	switch packages := facts.PackagesOf(module); {
	case strings.HasPrefix(module, "."):
		f.Fix = message.New("finding.SL117.fix.outside")
	case s.Listing.File == "":
		f.Severity = facts.Warning
		f.Message = message.New("finding.SL117.what.unlisted", "module", module)
		f.Fix = message.New("finding.SL117.fix.unlisted", "module", module, "list", scaffold.Facts(s.O.Runtime).PackageFile)
	case len(packages) > 0:
		f.Message = message.New("finding.SL117.what.package", "module", module, "list", list, "package", packages[0])
		f.Fix = message.New("finding.SL117.fix.package", "list", list, "package", packages[0])
	default:
		f.Message = message.New("finding.SL117.what.listed", "module", module, "list", list)
		if s.Searched {
			f.Message = message.New("finding.SL117.what.searched", "module", module, "list", list)
		}
		f.Fix = message.New("finding.SL117.fix.listed", "list", list)
	}
	if u.Function(n) != nil {
		f.Severity = facts.Warning
	}
	if !strings.HasPrefix(module, ".") {
		f.Group = first
	}
	return []facts.Finding{f}
}

package rules

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// missingPages returns the findings for pages that the code refers to but that do not exist. A path
// is relative to the folder of the main file.
// https://docs.streamlit.io/develop/api-reference/navigation/st.page
func missingPages(a *facts.App) []facts.Finding {
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		var pages []ast.Expr
		switch u.Streamlit(call.Func) {
		case "Page":
			pages = []ast.Expr{facts.Argument(call, "page", 0)}
		case "switch_page", "page_link":
			pages = []ast.Expr{facts.Argument(call, "page", 0)}
		case "navigation":
			pages = literals(facts.Argument(call, "pages", 0))
		}
		var list []facts.Finding
		for _, e := range pages {
			name, ok := u.Scopes.StringOf(e)
			if !ok || !strings.HasSuffix(name, ".py") || holdsPage(u.App, name) || u.HandlesMissingFile(call) {
				continue
			}
			f := u.Finding(e, name, message.New("finding.SL117.what.page", "path", name))
			f.Fix = message.New("finding.SL117.fix.page")
			list = append(list, f)
		}
		return list
	})
}

// literals returns the pages of st.navigation, given a list or a dict of lists.
func literals(e ast.Expr) []ast.Expr {
	switch e := e.(type) {
	case *ast.List:
		return e.Elts
	case *ast.Dict:
		var list []ast.Expr
		for _, value := range e.Values {
			list = append(list, literals(value)...)
		}
		return list
	}
	return nil
}

// holdsPage reports whether a page exists, relative to a main file.
func holdsPage(a *facts.App, name string) bool {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if path.IsAbs(name) {
		return true // SL107 and SL111 report these
	}
	dirs := []string{a.MainDir()}
	for _, main := range a.Mains {
		dirs = append(dirs, path.Dir(main))
	}
	if a.Main == "" { // nothing says which folder is meant
		for _, p := range a.Code() {
			dirs = append(dirs, path.Dir(p))
		}
	}
	return slices.ContainsFunc(dirs, func(dir string) bool { return a.HasFile(path.Join(dir, name)) })
}

// missingFiles returns the findings for files that snowflake.yml lists but that do not exist: the
// main file, the folder of the pages, and plain paths. The Snowflake CLI fails on them.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/project-definitions/about
func missingFiles(a *facts.App) []facts.Finding {
	var list []facts.Finding
	held := sync.OnceValue(func() map[string]bool { return withFolders(a.Around) })
	for _, p := range a.ProjectFiles() {
		text, _ := a.Text(p)
		root := existing.YAML(text)
		look := func(app existing.YAMLNode, keys ...string) {
			for _, key := range keys {
				entry, _ := app.Get(key)
				nodes := entry.Value.Items()
				if len(nodes) == 0 {
					nodes = []existing.YAMLNode{entry.Value}
				}
				for _, n := range nodes {
					if source, ok := n.Get("src"); ok {
						n = source.Value
					}
					if name := n.Scalar(); name != "" && !holdsListed(held, path.Dir(p), name) && (key != "main_file" || !holdsMain(a, name)) {
						f := yamlFinding{at: n, what: message.New("finding.SL117.what.file", "path", name), fix: message.New("finding.SL117.fix.file")}.in(p, text)
						f.Symbol = name
						list = append(list, f)
					}
				}
			}
		}
		for _, entity := range a.Entities(p, root) {
			look(entity.Value, "main_file", "pages_dir", "artifacts")
		}
		if app, ok := root.Get("streamlit"); ok {
			look(app.Value, "main_file", "pages_dir", "env_file", "additional_source_files")
		}
	}
	return list
}

// holdsMain reports whether a file with the main file's name exists. Artifacts may map it to its
// path.
func holdsMain(a *facts.App, name string) bool {
	return slices.ContainsFunc(a.Around, func(p string) bool { return path.Base(p) == path.Base(name) })
}

// holdsListed reports whether a path in a project file exists, as a file or a folder with files.
// Patterns and templates always count as existing, and so does a lock file, which may be created
// later.
func holdsListed(held func() map[string]bool, dir, name string) bool {
	if strings.ContainsAny(name, "*?[<&{") || path.Base(name) == scaffold.LockFile {
		return true
	}
	return held()[path.Join(dir, name)]
}

// withFolders returns the paths and the folders that they are in.
func withFolders(paths []string) map[string]bool {
	held := map[string]bool{".": true}
	for _, p := range paths {
		for ; !held[p] && p != "/"; p = path.Dir(p) {
			held[p] = true
		}
	}
	return held
}

// sentManifest matches a statement that uploads or copies environment.yml.
// https://docs.snowflake.com/en/sql-reference/sql/put
// https://docs.snowflake.com/en/sql-reference/sql/copy-files
var sentManifest = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:put\s+'?file://|copy\s+files\b)[^;]*?\b(environment\.ya?ml)`)
})

// unsentManifest returns the findings for SQL that uploads an environment.yml for a container app
// that has none: PUT fails on a missing file, and the app needs its own package list instead.
func unsentManifest(a *facts.App, o facts.Options) []facts.Finding {
	if !o.Facts().PackageIndex() || slices.ContainsFunc(a.Around, func(p string) bool { return path.Base(p) == scaffold.CondaFile }) {
		return nil
	}
	var list []facts.Finding
	for _, p := range a.TextFiles() {
		if !strings.EqualFold(path.Ext(p), ".sql") {
			continue
		}
		for _, at := range sentManifest().FindAllSubmatchIndex(a.Files[p], -1) {
			line := bytes.TrimSpace(a.Files[p][bytes.LastIndexByte(a.Files[p][:at[2]], '\n')+1 : at[2]])
			if bytes.HasPrefix(line, []byte("--")) || bytes.HasPrefix(line, []byte("//")) {
				continue
			}
			name := string(a.Files[p][at[2]:at[3]])
			f := a.TextFinding(p, at[2], at[3], name, message.New("finding.SL117.what.sent", "path", name))
			f.Fix = message.New("finding.SL117.fix.sent", "list", scaffold.Facts(o.Runtime).PackageFile)
			list = append(list, f)
		}
	}
	return list
}

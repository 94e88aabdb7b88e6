package rules

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// sl111 returns the rule about relative paths that do not exist in a container.
func sl111() Rule {
	return Rule{
		ID: "SL111", Runtimes: container(), Severity: facts.Warning, Item: itemPaths,
		Page: pageFiles, Check: movingPaths,
		Example: Example{
			Before: `import streamlit as st

st.image("logo.png")

## images/logo.png
(a picture)
`,
			After: `from pathlib import Path

import streamlit as st

st.image(Path(__file__).parent / "images" / "logo.png")

## images/logo.png
(a picture)
`,
		},
	}
}

// movingPaths returns the findings of SL111: literal paths of files being read that do not exist
// relative to the root of the source.
func movingPaths(a *facts.App, _ facts.Options) []facts.Finding { return facts.EachCode(a, readsPath) }

func readsPath(u *facts.Unit, call *ast.Call) []facts.Finding {
	e := pathRead(u, call)
	if e == nil {
		return nil
	}
	p, ok := facts.Text(e)
	if !ok || !relative(p) {
		return nil
	}
	full := path.Join(u.App.Root, p)
	climbs := full == ".." || strings.HasPrefix(full, "../") || u.App.Root != "." && full != u.App.Root && !strings.HasPrefix(full, u.App.Root+"/")
	if !climbs && u.App.HasFile(full) || u.HandlesMissingFile(call) || u.App.WritesPath(p) {
		return nil
	}
	what := message.New("finding.SL111.what.missing", "path", p)
	if climbs {
		what = message.New("finding.SL111.what.outside", "path", p)
	}
	return []facts.Finding{u.Finding(e, p, what)}
}

// pathRead returns the argument of a call that is the path of a file being read, nil if there is
// none.
func pathRead(u *facts.Unit, call *ast.Call) ast.Expr {
	if u.Is(call.Func, "builtins.open", "io.open") {
		if mode, _ := facts.Text(facts.Argument(call, "mode", 1)); strings.ContainsAny(mode, "wax") {
			return nil
		}
		return facts.Argument(call, "file", 0)
	}
	if name := u.Streamlit(call.Func); slices.Contains([]string{"image", "logo", "audio", "video"}, name) {
		if name == "audio" || name == "video" {
			name = "data"
		}
		return facts.Argument(call, name, 0)
	}
	if name, ok := u.Member(call.Func, "pandas."); ok && slices.Contains([]string{"read_csv", "read_excel", "read_parquet", "read_json"}, name) {
		return facts.Positional(call, 0)
	}
	if u.Is(call.Func, "PIL.Image.open", "numpy.load", "joblib.load") {
		return facts.Positional(call, 0)
	}
	if method, ok := call.Func.(*ast.Attribute); ok && slices.Contains([]string{"open", "read_text", "read_bytes"}, method.Attr.Name) {
		if made, ok := method.Value.(*ast.Call); ok && u.Is(made.Func, "pathlib.Path") && len(made.Args) == 1 {
			return made.Args[0]
		}
	}
	return nil
}

// relative reports whether a path depends on the working directory: it is not a URL, a stage path
// or an absolute path. An image may also be an icon name or inline SVG.
func relative(p string) bool {
	switch {
	case p == "", strings.Contains(p, ":"), strings.ContainsAny(p, "\n<>"), strings.HasPrefix(p, "@"):
		return false
	}
	return !strings.HasPrefix(p, "/") && !strings.HasPrefix(p, "~") && !strings.HasPrefix(p, `\`) && strings.Contains(path.Base(p), ".")
}

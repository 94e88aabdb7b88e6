package scope

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/python/ast"
	"sleet/scaffold/testtools"
)

// ran is the result of running a module in Python: each call with its position and the dotted name
// of its function.
type ran struct {
	Calls [][5]any `json:"calls"`
	Error string   `json:"error"`
}

// runModules runs modules in Python.
func runModules(t *testing.T, sources []string) []ran {
	t.Helper()
	input, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), testtools.Tool(t, "app/bin/python"), "testdata/resolve.py")
	command.Stdin, command.Stderr = bytes.NewReader(input), os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []ran
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var one ran
		if err := decoder.Decode(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if len(all) != len(sources) {
		t.Fatalf("%d modules ran, of %d", len(all), len(sources))
	}
	return all
}

// called is one executed call: its line, what Python called and what Resolve returns.
type called struct {
	line         int
	want         string
	got          string
	all          []string
	unsure       bool // whether it may refer to something without a dotted name
	text, source string
}

// resolveCalls resolves every executed call of a module.
func resolveCalls(t *testing.T, source string, r ran) []called {
	t.Helper()
	file := mustParse(t, source)
	exprs := map[[4]int]ast.Expr{}
	ast.WalkBody(file.Body, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		span := n.Range()
		start, end := file.Position(span.Start), file.Position(span.End)
		key := [4]int{start.Line, start.Column - 1, end.Line, end.Column - 1}
		if call, ok := e.(*ast.Call); ok {
			exprs[key] = call.Func
		} else if exprs[key] == nil {
			exprs[key] = e
		}
		return true
	})
	lines := strings.Split(source, "\n")
	var list []called
	for _, c := range r.Calls {
		var place [4]int
		for i := range place {
			place[i] = int(c[i].(float64))
		}
		if e := exprs[place]; e != nil {
			list = append(list, called{
				line: place[0], want: c[4].(string), got: file.scopes.Resolve(e), all: file.scopes.ResolveAll(e),
				unsure: slices.Contains(file.scopes.names(e, true), ""),
				text:   lines[place[0]-1], source: source,
			})
		}
	}
	return list
}

// TestResolveAsPython compares the result of Resolve for every call with the function that Python
// called.
func TestResolveAsPython(t *testing.T) {
	text, err := os.ReadFile("testdata/resolve_cases.py")
	if err != nil {
		t.Fatal(err)
	}
	var names, sources []string
	for _, part := range strings.Split(string(text), "# --- ")[1:] {
		name, source, _ := strings.Cut(part, "\n")
		names, sources = append(names, name), append(sources, source)
	}
	for i, r := range runModules(t, sources) {
		t.Run(names[i], func(t *testing.T) {
			if r.Error != "" {
				t.Errorf("Python failed: %s", r.Error)
			}
			list := resolveCalls(t, sources[i], r)
			if len(list) == 0 {
				t.Error("no calls ran")
			}
			for _, c := range list {
				want := c.want
				if strings.HasPrefix(strings.TrimSpace(c.text), "@") && want == "" {
					continue // the result of a decorator with arguments is called at the same position
				}
				if strings.HasSuffix(c.text, "# unknown") && c.got == "" {
					want = ""
				}
				if c.got != want {
					t.Errorf("line %d: Resolve = %q, Python calls %q: %s", c.line, c.got, want, c.text)
				}
				if c.got != "" && !slices.Contains(c.all, c.got) {
					t.Errorf("line %d: ResolveAll = %q, does not include Resolve: %s", c.line, c.all, c.text)
				}
			}
			testtools.CountConformance(t)
		})
	}
}

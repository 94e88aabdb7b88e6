package check

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/scaffold/python"
	"sleet/scaffold/validate"
	"sleet/ui/message"
)

// sessionScope is the scope of a cache that keeps what it holds for one viewer.
// https://docs.streamlit.io/develop/api-reference/caching-and-state/st.cache_data
const sessionScope = "session"

// callersConnection is the connection with the viewer's rights, callersStreamlit the first Streamlit that has it.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
const (
	callersConnection = "snowflake-callers-rights"
	callersStreamlit  = "1.53.1"
)

// isCallers reports whether a node is a call of st.connection with the viewer's rights.
func (u *unit) isCallers(n python.Node) bool {
	call, ok := n.(*python.Call)
	if !ok || u.streamlit(call.Func) != connectionFunction {
		return false
	}
	name, known := u.Scopes.StringOf(argument(call, "name", 0))
	return known && name == callersConnection
}

// callersNames are the names of a file that hold such a connection, or what comes of one: variables, and functions
// whose body uses one. A name counts wherever it is bound to such a value.
func (u *unit) callersNames() map[string]bool {
	names := map[string]bool{}
	uses := func(n python.Node) bool {
		found := false
		python.Walk(n, func(inner python.Node) bool {
			name, is := inner.(*python.NameExpr)
			found = found || u.isCallers(inner) || is && names[name.ID]
			return !found
		})
		return found
	}
	for before := -1; before != len(names); {
		before = len(names)
		for _, n := range u.Nodes {
			switch n := n.(type) {
			case *python.Assign:
				for _, target := range n.Targets {
					if name, is := target.(*python.NameExpr); is && uses(n.Value) {
						names[name.ID] = true
					}
				}
			case *python.FunctionDef:
				if slices.ContainsFunc(n.Body, func(s python.Stmt) bool { return uses(s) }) {
					names[n.Name.Name] = true
				}
			}
		}
	}
	return names
}

// sl114 is the rule about data of one viewer cached for all viewers.
func sl114() Rule {
	return Rule{
		ID: "SL114", Runtimes: container(), Severity: Error, Item: itemSharedState,
		Page: pageRights, check: sharedCallers,
		Example: Example{
			Before: `import streamlit as st

connection = st.connection("snowflake-callers-rights")


@st.cache_data(ttl="10m")
def load_orders():
    return connection.query("SELECT * FROM orders")
`,
			After: `import streamlit as st

connection = st.connection("snowflake-callers-rights")


@st.cache_data(ttl="10m", scope="session")
def load_orders():
    return connection.query("SELECT * FROM orders")
`,
		},
	}
}

// sharedCallers finds SL114: a cached function that uses a connection with the viewer's rights, where the cache is
// shared by all viewers.
func sharedCallers(a *App, _ Options) []Finding {
	var list []Finding
	for _, u := range a.codeUnits() {
		if !slices.ContainsFunc(u.Nodes, u.isCallers) {
			continue
		}
		names := u.callersNames()
		for _, n := range u.Nodes {
			def, is := n.(*python.FunctionDef)
			if !is || !names[def.Name.Name] || u.unreached(n) {
				continue
			}
			for _, decorator := range def.Decorators {
				if u.caches(decorator) && !perSession(u, decorator) {
					list = append(list, u.at(decorator, def.Name.Name, message.New("finding.SL114.what", "function", def.Name.Name)))
				}
			}
		}
	}
	return list
}

// perSession reports whether a cache is of each viewer's session, or its scope is decided elsewhere.
func perSession(u *unit, decorator python.Expr) bool {
	call, is := decorator.(*python.Call)
	if !is {
		return false
	}
	scope := keyword(call, "scope")
	if scope == nil {
		return slices.ContainsFunc(call.Keywords, func(k *python.Keyword) bool { return k.Name == nil }) // **options
	}
	value, known := u.Scopes.StringOf(scope.Value)
	return !known || value == sessionScope
}

// sl115 is the rule about caller's rights that the runtime does not have.
func sl115() Rule {
	return Rule{
		ID: "SL115", Runtimes: everywhere(), Severity: Error, Item: itemStreamlit,
		Page: pageRights, check: unsupportedCallers,
		Example: Example{
			Before: `import streamlit as st

connection = st.connection("snowflake-callers-rights")

## requirements.txt
streamlit==1.52.2
`,
			After: `import streamlit as st

connection = st.connection("snowflake-callers-rights")

## requirements.txt
streamlit>=1.53.1
`,
		},
	}
}

// unsupportedCallers finds SL115: a connection with the viewer's rights in a warehouse, or with a Streamlit that
// does not have it.
func unsupportedCallers(a *App, o Options) []Finding {
	what := message.Message{}
	switch pinned := a.pinnedStreamlit(); {
	case o.Runtime == scaffold.Warehouse:
		what = message.New("finding.SL115.what.warehouse")
	case pinned != "":
		what = message.New("finding.SL115.what.streamlit", "version", pinned)
	default:
		return nil
	}
	return eachCode(a, func(u *unit, call *python.Call) []Finding {
		if !u.isCallers(call) {
			return nil
		}
		return []Finding{u.at(call, callersConnection, what)}
	})
}

// pinnedStreamlit is what pins Streamlit below the version that has caller's rights: the lock, or the requirement;
// "" where nothing does.
func (a *App) pinnedStreamlit() string {
	for _, dir := range a.Folders() {
		p := a.PipManifestBeside(dir)
		if p == "" {
			continue
		}
		var requirements []string
		if path.Base(p) == existing.ProjectTOML {
			for _, l := range lockedVersions(a.Files[path.Join(path.Dir(p), scaffold.LockFile)]) {
				if clauses, err := pep508.ParseSpecifier(">=" + callersStreamlit); l.name == streamlitPackage && err == nil && !pep508.Admits(clauses, l.version) {
					return "uv.lock: " + l.version
				}
			}
			for _, k := range existing.TOMLKeys(a.Files[p]) {
				if k.Dotted() == projectDependencies {
					items, _ := k.Value.([]any)
					for _, item := range items {
						text, _ := item.(string)
						requirements = append(requirements, text)
					}
				}
			}
		} else {
			requirements = requirementLines(a.Files[p])
		}
		for _, text := range requirements {
			r, err := pep508.ParseRequirement(text)
			if err == nil && r.Normal == streamlitPackage && len(r.Clauses) > 0 && !validate.AdmitsFrom(r.Clauses, callersStreamlit) {
				return text
			}
		}
		return ""
	}
	return ""
}

// requirementLines are the requirements of a requirements.txt.
func requirementLines(text []byte) []string {
	var list []string
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		line, _, _ = strings.Cut(line, " --")
		if line = strings.TrimSpace(line); line != "" && line[0] != '-' {
			list = append(list, line)
		}
	}
	return list
}

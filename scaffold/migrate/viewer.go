package migrate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/snowflake/sqltext"
	"sleet/ui/message"
)

// The rules of notes about what changes when one process serves all viewers.
const (
	RuleViewer = "SL113"
	RuleCache  = "shared-cache"
	RulePolicy = "row-policy"
)

// viewerNote describes what a function that identifies the viewer returns after the migration, and suggests caller's
// rights if they preserve the app's behavior. others are the functions of the app that return roles.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/restricted-callers-rights
func viewerNote(n change.Note, others []string) change.Note {
	if !facts.ReturnsViewer(n.Symbol) {
		n.Manual = false
		n.Message, n.Fix = message.New("moved.viewer-role", "function", n.Symbol), message.New("moved.viewer-role.fix", "function", n.Symbol)
		return n
	}
	n.Message = message.New("moved.viewer-user", "function", n.Symbol)
	n.Fix = message.New("moved.viewer-user.fix", "function", n.Symbol)
	if len(others) > 0 {
		n.Fix = message.New("moved.viewer-user.fix-mixed", "function", n.Symbol, "others", strings.Join(others, ", "))
	}
	return n
}

// aboutRole returns the functions among findings that return a role.
func aboutRole(findings []facts.Finding) []string {
	var names []string
	for _, f := range findings {
		if f.Rule == RuleViewer && !facts.ReturnsViewer(f.Symbol) && !slices.Contains(names, f.Symbol) {
			names = append(names, f.Symbol)
		}
	}
	slices.Sort(names)
	return names
}

// cacheNotes returns notes about the caches that the app already had: each viewer of a warehouse app has their own
// process, and so their own cache; a container has one for all.
func cacheNotes(before, after *existing.App) []change.Note {
	had := map[string]bool{}
	for _, c := range facts.Caches(before) {
		had[c.Path+"\x00"+c.Function] = true
	}
	var notes []change.Note
	shared := map[string][]facts.Cache{}
	for _, c := range facts.Caches(after) {
		switch {
		case !had[c.Path+"\x00"+c.Function]: // added by the migration
		case c.Viewer:
			notes = append(notes, change.Note{
				Rule: RuleCache, Symbol: c.Function, Path: c.Path, Line: c.Line, Manual: true,
				Message: message.New("moved.cache-viewer", "function", c.Function), Fix: message.New("moved.cache-viewer.fix", "function", c.Function),
			})
		default:
			shared[c.Path] = append(shared[c.Path], c)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(shared)) {
		notes = append(notes, sharedCaches(shared[p]))
	}
	return notes
}

// sharedCaches returns one note about several caches of a file.
func sharedCaches(list []facts.Cache) change.Note {
	first, names := list[0], make([]string, 0, len(list))
	n := change.Note{Rule: RuleCache, Symbol: first.Function, Path: first.Path, Line: first.Line, Message: message.New("moved.cache", "function", first.Function), Fix: message.New("moved.cache.fix")}
	if len(list) == 1 {
		return n
	}
	for _, c := range list {
		names = append(names, fmt.Sprintf("%s() (%d)", c.Function, c.Line))
	}
	n.Message = message.New("moved.caches", "functions", strings.Join(names, ", "))
	return n
}

// policyNotes returns a note about each policy in the app's SQL that identifies the viewer.
func policyNotes(app *existing.App) []change.Note {
	var notes []change.Note
	for path, text := range app.Files {
		if !strings.HasSuffix(strings.ToLower(path), ".sql") {
			continue
		}
		for _, s := range sqltext.Statements(text) {
			name, functions := policy(s)
			if name == "" || len(functions) == 0 {
				continue
			}
			id := message.ID("moved.policy-role")
			if slices.ContainsFunc(functions, facts.ReturnsViewer) {
				id = "moved.policy-user"
			}
			notes = append(notes, change.Note{
				Rule: RulePolicy, Symbol: name, Path: path, Line: s.Line, Manual: id == "moved.policy-user",
				Message: message.New(id, "policy", name, "functions", strings.Join(functions, ", ")), Fix: message.New(id+".fix", "policy", name),
			})
		}
	}
	slices.SortFunc(notes, byPlace)
	return notes
}

// policy returns the name of the row access or masking policy that a statement creates, and the context functions in
// it. The name is empty for other statements.
func policy(s sqltext.Statement) (name string, functions []string) {
	i := 1
	if !s.At(0, "CREATE") {
		return "", nil
	}
	if s.At(i, "OR", "REPLACE") {
		i += 2
	}
	switch {
	case s.At(i, "ROW", "ACCESS", "POLICY"):
		i += 3
	case s.At(i, "MASKING", "POLICY"):
		i += 2
	default:
		return "", nil
	}
	if s.At(i, "IF", "NOT", "EXISTS") {
		i += 3
	}
	for ; i < len(s.Tokens) && !s.Tokens[i].Is("AS"); i++ {
		name += s.Tokens[i].Raw
	}
	for _, t := range s.Tokens[min(i, len(s.Tokens)):] {
		function := strings.ToUpper(t.Raw)
		if t.Kind == sqltext.Word && slices.Contains(policyFunctions(), function) && !slices.Contains(functions, function) {
			functions = append(functions, function)
		}
	}
	return name, functions
}

// policyFunctions returns the functions on which policies depend.
// https://docs.snowflake.com/en/sql-reference/functions-context
func policyFunctions() []string {
	return []string{
		"CURRENT_USER", "CURRENT_AVAILABLE_ROLES", "CURRENT_ROLE", "CURRENT_SECONDARY_ROLES", "INVOKER_ROLE", "IS_ROLE_IN_SESSION",
		"IS_DATABASE_ROLE_IN_SESSION",
	}
}

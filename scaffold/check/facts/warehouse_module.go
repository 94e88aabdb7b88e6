package facts

import (
	"bytes"
	"cmp"
	"slices"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// SnowflakeModule is the module that only warehouse apps, stored procedures and UDFs have.
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
const SnowflakeModule = "_snowflake"

// secretFunctions returns the functions of _snowflake that read a secret by its key.
var secretFunctions = sync.OnceValue(func() []string {
	types := scaffold.SecretTypeTable()
	list := append(make([]string, 0, 1+len(types)), "get_secret_type")
	for _, f := range types {
		list = append(list, f.Reader)
	}
	return list
})

// requestFunction sends a request to Snowflake itself.
const requestFunction = "send_snow_api_request"

// KeepsSnowflakeModule reports whether a file must keep its import of _snowflake because a person has to
// rewrite a call.
func (u *Unit) KeepsSnowflakeModule() bool {
	return slices.ContainsFunc(u.Nodes, func(n ast.Node) bool {
		call, ok := n.(*ast.Call)
		if !ok {
			return false
		}
		function, ok := u.Member(call.Func, SnowflakeModule+".")
		if !ok {
			return false
		}
		_, manual := ModuleFix(function, call)
		return manual
	})
}

// ImportsSnowflakeModule reports whether a statement imports the module of the warehouse.
func ImportsSnowflakeModule(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.Import:
		return slices.ContainsFunc(s.Names, func(alias *ast.Alias) bool { return alias.Name == SnowflakeModule })
	case *ast.ImportFrom:
		return s.Level == 0 && s.Module == SnowflakeModule
	}
	return false
}

// sessionToken is the file with the session token in a container.
const sessionToken = "/snowflake/session/token"

// HasContainerAlternative reports whether code for _snowflake is in a branch that a container does not take, or
// in a try that handles a failed import, in a file with an alternative for containers.
func (u *Unit) HasContainerAlternative(n ast.Node) bool {
	if !bytes.Contains(u.File.Text, []byte(sessionToken)) {
		return false
	}
	if slices.ContainsFunc(u.File.EnclosingTries(n), func(place python.TryPlace) bool {
		return place.Part == python.TryBody && u.Scopes.CatchesImportError(place.Try) && u.ProbeOf(place.Try).Imports
	}) {
		return true
	}
	found := false
	inner := n
	u.EachAncestor(n, func(up ast.Node) bool {
		if branch, ok := up.(*ast.If); ok {
			u.App.budget = maxSteps
			is := u.where(branch.Test, maxTrace)
			found = is == inside && u.Within(branch.Body, inner) || is == outside && u.Within(branch.Else, inner)
		}
		inner = up
		return !found
	})
	return found
}

// usesWarehouse reports whether a file imports something that a container does not have.
func (a *App) usesWarehouse(p string) bool {
	u := a.unit(p)
	return slices.ContainsFunc(u.Nodes, func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		return ok && (ImportsSnowflakeModule(s) || u.ImportsSession(s))
	})
}

// ModuleFix returns the replacement of a function, and reports whether a person must write it.
func ModuleFix(function string, call *ast.Call) (fix message.Message, manual bool) {
	if function == requestFunction {
		return message.New("finding.SL104.fix.request"), false
	}
	if !slices.Contains(secretFunctions(), function) {
		return message.New("finding.SL104.fix.other"), true
	}
	if key := Argument(call, "secret_name", 0); key != nil {
		if _, constant := Text(key); constant {
			return message.Message{}, false
		}
	}
	return message.New("finding.SL104.fix.key"), true
}

// Handlers returns the files that use something a container does not have but do not run in the
// app.
func (a *App) Handlers() []existing.Skipped {
	a.Mu.Lock()
	defer a.Mu.Unlock()
	reason := message.New("finding.skipped.handler")
	var list []existing.Skipped
	for p := range a.Python {
		if !a.IsCode(p) && a.MentionsPlatform(p) && a.usesWarehouse(p) {
			list = append(list, existing.Skipped{Path: p, Handler: true, Reason: reason})
		}
	}
	slices.SortFunc(list, func(x, y existing.Skipped) int { return cmp.Compare(x.Path, y.Path) })
	return list
}

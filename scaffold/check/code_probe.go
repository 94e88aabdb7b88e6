package check

import "sleet/scaffold/python"

// probes finds SL107: a try around an import or a call that a container lacks, one of whose branches
// sets a flag or returns one.
func probes(a *App, _ Options) []Finding {
	return eachCode(a, func(u *unit, try *python.Try) []Finding {
		if !u.lacking(try) || !u.flags(try) {
			return nil
		}
		return []Finding{u.at(try, "", say("SL107.what"))}
	})
}

// lacking says whether the body of a try imports or calls what a container lacks.
func (u *unit) lacking(try *python.Try) bool {
	found := false
	python.WalkBody(try.Body, func(n python.Node) bool {
		switch n := n.(type) {
		case *python.Try:
			return false // it has a finding of its own
		case *python.FunctionDef, *python.ClassDef, *python.Lambda:
			return false
		case python.Stmt:
			found = found || importsModule(n) || u.importsSession(n)
		case *python.Call:
			_, private := u.Member(n.Func, privateModule+".")
			found = found || private || u.Is(n.Func, activeSession)
		}
		return !found
	})
	return found
}

// flags says whether a part of a try sets a name to True, False or None, or returns one of these.
func (u *unit) flags(try *python.Try) bool {
	for _, handler := range try.Handlers {
		if flagIn(handler.Body, true) {
			return true
		}
	}
	return flagIn(try.Body, false) || flagIn(try.Else, false)
}

// flagIn looks for a flag among the statements of a body; None counts in a handler only, where it
// stands for what could not be had.
func flagIn(body []python.Stmt, handler bool) bool {
	for _, s := range body {
		var v python.Expr
		switch s := s.(type) {
		case *python.Assign:
			v = s.Value
		case *python.AnnAssign:
			v = s.Value
		case *python.Return:
			v = s.Value
			if v == nil && handler {
				return true
			}
		case *python.If:
			if flagIn(s.Body, handler) || flagIn(s.Else, handler) {
				return true
			}
		}
		if c, ok := v.(*python.Constant); ok && (c.Sort == python.True || c.Sort == python.False || c.Sort == python.None && handler) {
			return true
		}
	}
	return false
}

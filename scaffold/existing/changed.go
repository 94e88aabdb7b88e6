package existing

import "slices"

// origin is the app that another one is made of by With.
type origin struct {
	was      *App
	affected map[string]bool
}

// Before returns the app that this one is made of by With, and whether what the code of a file tells, with that of the
// modules that it imports, may be different now. It returns nil for an app that was read.
func (a *App) Before() (was *App, affected func(p string) bool) {
	if a.origin == nil {
		return nil, nil
	}
	return a.origin.was, func(p string) bool { return a.origin.affected[p] }
}

// madeOf notes that the apps of a folder are made of those of another one by changes of these files. An app that starts
// elsewhere now is another app.
func madeOf(apps, were []*App, changed []string) {
	for _, app := range apps {
		i := slices.IndexFunc(were, func(was *App) bool { return was.Root == app.Root })
		if i < 0 {
			continue
		}
		was := were[i]
		if !slices.Equal(was.Mains, app.Mains) && len(app.Mains) == 1 {
			was = was.WithMain(app.Mains[0])
		}
		if slices.Equal(was.Mains, app.Mains) {
			app.origin = &origin{was, app.affectedBy(was, changed)}
		}
	}
}

// affectedBy returns the files that changed, those that Streamlit or another file runs in another way than before, and
// those that import from one of these, directly or not. Modules are compared by the last part of their names, which finds a
// few too many.
func (a *App) affectedBy(was *App, changed []string) map[string]bool {
	found, names := map[string]bool{}, map[string]bool{}
	add := func(p string) { found[p], names[moduleName(p)] = true, true }
	for _, p := range changed {
		if isPython(p) {
			add(p)
		}
	}
	for p := range a.code {
		if was.sources[p] == nil || !was.code[p] || was.Runs(p) != a.Runs(p) || was.Imported(p) != a.Imported(p) {
			add(p)
		}
	}
	for grown := len(names) > 0; grown; {
		grown = false
		for p := range a.code {
			if !found[p] && a.sources[p].importsAny(names) {
				add(p)
				grown = true
			}
		}
	}
	return found
}

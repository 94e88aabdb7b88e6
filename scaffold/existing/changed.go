package existing

import "slices"

// origin is the app from which With derived another one.
type origin struct {
	was      *App
	affected map[string]bool
}

// DerivedFrom returns the app from which With derived this one, and a function that reports whether the meaning of a
// file's code, including the modules that it imports, may have changed. It returns nil for an app that was read from a
// folder.
func (a *App) DerivedFrom() (was *App, affected func(p string) bool) {
	if a.origin == nil {
		return nil, nil
	}
	return a.origin.was, func(p string) bool { return a.origin.affected[p] }
}

// recordOrigins records that the apps of a folder are derived from those of another one by changing files. An app with
// another main file is a different app.
func recordOrigins(apps, were []*App, changed []string) {
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

// affectedBy returns the changed files, those that Streamlit or another file now runs differently, and those that
// import from one of these, directly or indirectly. It compares modules by the last part of their names, so it returns
// a few files too many.
func (a *App) affectedBy(was *App, changed []string) map[string]bool {
	found, names := map[string]bool{}, map[string]bool{}
	add := func(p string) { found[p], names[moduleName(p)] = true, true }
	for _, p := range changed {
		if isPython(p) {
			add(p)
		}
	}
	for p := range a.code {
		if was.sources[p] == nil || !was.code[p] || was.IsScript(p) != a.IsScript(p) || was.Imported(p) != a.Imported(p) {
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

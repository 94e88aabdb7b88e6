package check

import (
	"slices"

	"sleet/scaffold"
)

// oldSQL finds statements that make an app in an old or incomplete way (SL401).
func oldSQL(a *App, o Options) []Finding {
	var list []Finding
	all := a.sqlObjects()
	for _, made := range all {
		list = append(list, a.oldStreamlit(made, all, o)...)
		if f, found := a.secretsAlone(made, all); found {
			list = append(list, f)
		}
	}
	return list
}

// oldStreamlit finds what is wrong with a statement about a Streamlit app.
func (a *App) oldStreamlit(made sqlObject, all []sqlObject, o Options) []Finding {
	if made.kind != "STREAMLIT" {
		return nil
	}
	if root, old := made.properties["ROOT_LOCATION"]; old {
		f := a.inText(made.path, root.at.start, root.at.end, "",
			"ROOT_LOCATION makes an app that runs in a warehouse only and that ALTER STREAMLIT cannot move to a container")
		f.Fix = "create the app with FROM '@stage/folder' and RUNTIME_NAME; an app that is there already needs a new object beside it"
		if o.Runtime == scaffold.Container {
			f.Severity = Error
		}
		return []Finding{f}
	}
	if !made.create || made.packaged {
		return nil
	}
	var list []Finding
	if !made.has("RUNTIME_NAME") {
		f := a.inText(made.path, made.head.start, made.head.end, "",
			"without RUNTIME_NAME the account's default decides where the app runs, and that default has changed")
		f.Fix = "add RUNTIME_NAME = '" + scaffold.Facts(o.Runtime).SQLName + "'"
		list = append(list, f)
	}
	if !slices.ContainsFunc(all, func(other sqlObject) bool { return other.live && other.same(made) }) {
		f := a.inText(made.path, made.named.start, made.named.end, "", "no statement adds a live version: nobody but the owner can open the app")
		f.Fix = "add: ALTER STREAMLIT " + string(a.Files[made.path][made.named.start:made.named.end]) + " ADD LIVE VERSION FROM LAST;"
		list = append(list, f)
	}
	return list
}

// secretsAlone finds secrets without the integration that lets them through.
func (a *App) secretsAlone(made sqlObject, all []sqlObject) (Finding, bool) {
	const integrations = "EXTERNAL_ACCESS_INTEGRATIONS"
	clause, has := made.properties["SECRETS"]
	if !has || slices.ContainsFunc(all, func(other sqlObject) bool { return other.has(integrations) && other.same(made) }) {
		return Finding{}, false
	}
	f := a.inText(made.path, clause.at.start, clause.at.end, "",
		"a secret reaches nobody without an integration whose ALLOWED_AUTHENTICATION_SECRETS names it")
	f.Fix = "add " + integrations + " = (…) beside SECRETS"
	return f, true
}

package rules

import (
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/ui/message"
)

// sl401 is the rule about SQL that makes the app in an old or incomplete way.
func sl401() Rule {
	return Rule{
		ID: "SL401", Runtimes: everywhere(), Severity: facts.Warning, Item: itemRootLocation,
		Page: pageObjects, Check: oldSQL,
		Example: Example{
			Before: `## app.sql
CREATE STREAMLIT sales
  ROOT_LOCATION = '@apps/sales'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = compute_wh;
`,
			After: `## app.sql
CREATE STREAMLIT sales
  FROM '@apps/sales'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = compute_wh
  COMPUTE_POOL = system_compute_pool_cpu
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11';

ALTER STREAMLIT sales ADD LIVE VERSION FROM LAST;
`,
		},
	}
}

// oldSQL finds statements that make an app in an old or incomplete way (SL401).
func oldSQL(a *facts.App, o facts.Options) []facts.Finding {
	var list []facts.Finding
	all := a.SQLObjects()
	for _, made := range all {
		list = append(list, oldStreamlit(a, made, all, o)...)
		if f, found := secretsAlone(a, made, all); found {
			list = append(list, f)
		}
	}
	return list
}

// oldStreamlit finds what is wrong with a statement about a Streamlit app.
func oldStreamlit(a *facts.App, made facts.SQLObject, all []facts.SQLObject, o facts.Options) []facts.Finding {
	if made.Kind != facts.KindStreamlit {
		return nil
	}
	if root, old := made.Properties["ROOT_LOCATION"]; old {
		f := a.InText(made.Path, root.At.Start, root.At.End, "",
			message.New("finding.SL401.what.root_location"))
		f.Fix = message.New("finding.SL401.fix.root_location")
		if o.Runtime == scaffold.Container {
			f.Severity = facts.Error
		}
		return []facts.Finding{f}
	}
	if !made.Create || made.Packaged {
		return nil
	}
	var list []facts.Finding
	if !made.Has("RUNTIME_NAME") {
		f := a.InText(made.Path, made.Head.Start, made.Head.End, "",
			message.New("finding.SL401.what.runtime"))
		f.Fix = message.New("finding.SL401.fix.runtime", "runtime", scaffold.Facts(o.Runtime).SQLName)
		list = append(list, f)
	}
	if !slices.ContainsFunc(all, func(other facts.SQLObject) bool { return other.Live && other.Same(made) }) {
		f := a.InText(made.Path, made.Named.Start, made.Named.End, "", message.New("finding.SL401.what.live"))
		f.Fix = message.New("finding.SL401.fix.live", "name", string(a.Files[made.Path][made.Named.Start:made.Named.End]))
		list = append(list, f)
	}
	return list
}

// secretsAlone finds secrets without the integration that lets them through.
func secretsAlone(a *facts.App, made facts.SQLObject, all []facts.SQLObject) (facts.Finding, bool) {
	const integrations = "EXTERNAL_ACCESS_INTEGRATIONS"
	clause, has := made.Properties["SECRETS"]
	if !has || slices.ContainsFunc(all, func(other facts.SQLObject) bool { return other.Has(integrations) && other.Same(made) }) {
		return facts.Finding{}, false
	}
	f := a.InText(made.Path, clause.At.Start, clause.At.End, "",
		message.New("finding.SL401.what.secrets"))
	f.Fix = message.New("finding.SL401.fix.secrets", "property", integrations)
	return f, true
}

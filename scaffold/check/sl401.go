package check

import (
	"slices"

	"sleet/scaffold"
	"sleet/ui/message"
)

// sl401 is the rule about SQL that makes the app in an old or incomplete way.
func sl401() Rule {
	return Rule{
		ID: "SL401", Runtimes: everywhere(), Severity: Warning, Item: itemRootLocation,
		Page: pageObjects, check: oldSQL,
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
func oldSQL(a *App, o Options) []Finding {
	var list []Finding
	all := a.SQLObjects()
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
	if made.kind != kindStreamlit {
		return nil
	}
	if root, old := made.properties["ROOT_LOCATION"]; old {
		f := a.inText(made.path, root.at.start, root.at.end, "",
			message.New("finding.SL401.what.root_location"))
		f.FixSaid = message.New("finding.SL401.fix.root_location")
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
			message.New("finding.SL401.what.runtime"))
		f.FixSaid = message.New("finding.SL401.fix.runtime", "runtime", scaffold.Facts(o.Runtime).SQLName)
		list = append(list, f)
	}
	if !slices.ContainsFunc(all, func(other sqlObject) bool { return other.live && other.same(made) }) {
		f := a.inText(made.path, made.named.start, made.named.end, "", message.New("finding.SL401.what.live"))
		f.FixSaid = message.New("finding.SL401.fix.live", "name", string(a.Files[made.path][made.named.start:made.named.end]))
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
		message.New("finding.SL401.what.secrets"))
	f.FixSaid = message.New("finding.SL401.fix.secrets", "property", integrations)
	return f, true
}

package rules

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/snowflake/sqltext"
	"sleet/ui/message"
)

// sl401 returns the rule about SQL that creates the app in an old or incomplete way.
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

// oldSQL returns the findings of SL401: statements that create an app in an old or incomplete way.
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

// oldStreamlit returns the findings for a statement about a Streamlit app.
func oldStreamlit(a *facts.App, made facts.SQLObject, all []facts.SQLObject, o facts.Options) []facts.Finding {
	if made.Kind != facts.KindStreamlit {
		return nil
	}
	if root, old := made.Properties["ROOT_LOCATION"]; old {
		f := a.TextFinding(made.Path, root.At.Start, root.At.End, "",
			message.New("finding.SL401.what.root_location"))
		f.Fix = message.New("finding.SL401.fix.root_location")
		if o.Facts().RejectsClause("ROOT_LOCATION") {
			f.Severity = facts.Error
		}
		return []facts.Finding{f}
	}
	list := otherRuntime(a, made, all, o)
	if !made.Create || made.Packaged {
		return list
	}
	if !made.Has("RUNTIME_NAME") {
		f := a.TextFinding(made.Path, made.Head.Start, made.Head.End, "",
			message.New("finding.SL401.what.runtime"))
		f.Fix = message.New("finding.SL401.fix.runtime", "runtime", scaffold.Facts(o.Runtime).SQLName)
		list = append(list, f)
	}
	if !slices.ContainsFunc(all, func(other facts.SQLObject) bool { return other.Live && other.Same(made) }) {
		f := a.TextFinding(made.Path, made.Named.Start, made.Named.End, "", message.New("finding.SL401.what.live"))
		f.Fix = message.New("finding.SL401.fix.live", "name", string(a.Files[made.Path][made.Named.Start:made.Named.End]))
		list = append(list, f)
	}
	return list
}

// otherRuntime returns the findings for clauses that only the other runtime supports.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func otherRuntime(a *facts.App, made facts.SQLObject, all []facts.SQLObject, o facts.Options) []facts.Finding {
	var list []facts.Finding
	at := func(clause string, what, fix message.Message, severity facts.Severity) {
		span := made.Properties[clause].At
		f := a.TextFinding(made.Path, span.Start, span.End, clause, what)
		f.Fix, f.Severity = fix, severity
		list = append(list, f)
	}
	if !made.Packaged {
		if o.Facts().RejectsClause("IMPORTS") && made.Has("IMPORTS") {
			at("IMPORTS", message.New("finding.SL401.what.imports"), message.New("finding.SL401.fix.imports"), facts.Error)
		}
		if o.Facts().RejectsClause(facts.ExecuteAs) && made.Has(facts.ExecuteAs) {
			at(facts.ExecuteAs, message.New("finding.SL401.what.execute_as"), message.New("finding.SL401.fix.execute_as"), facts.Error)
		}
	}
	if !made.Create && intoContainer(made) && !ownSQL(a, made.Path) && !sets(made, all, "COMPUTE_POOL") {
		at("RUNTIME_NAME", message.New("finding.SL401.what.pool"), message.New("finding.SL401.fix.pool"), facts.Warning)
	}
	if !o.Facts().Subfolders && made.Create && !made.Packaged && !sets(made, all, "ROOT_LOCATION") {
		if main := literal(made, "MAIN_FILE"); strings.Contains(strings.Trim(main, "./"), "/") {
			at("MAIN_FILE", message.New("finding.SL401.what.main_file", "file", main), message.New("finding.SL401.fix.main_file"), facts.Error)
		}
	}
	return list
}

// intoContainer reports whether a statement names a container runtime.
func intoContainer(made facts.SQLObject) bool {
	return scaffold.RuntimeNamed(literal(made, "RUNTIME_NAME")) == scaffold.Container
}

// sets reports whether a statement about the same app sets a property.
func sets(made facts.SQLObject, all []facts.SQLObject, property string) bool {
	return slices.ContainsFunc(all, func(other facts.SQLObject) bool { return other.Has(property) && other.Same(made) })
}

// literal returns the string value of a property, "" if it has none.
func literal(made facts.SQLObject, property string) string {
	value := made.Properties[property].Value
	if len(value) == 0 || value[0].Kind != sqltext.Text {
		return ""
	}
	return value[0].Text
}

// secretsAlone returns the finding for secrets without the integration that allows them.
func secretsAlone(a *facts.App, made facts.SQLObject, all []facts.SQLObject) (facts.Finding, bool) {
	const integrations = "EXTERNAL_ACCESS_INTEGRATIONS"
	clause, has := made.Properties["SECRETS"]
	if !has || sets(made, all, integrations) {
		return facts.Finding{}, false
	}
	f := a.TextFinding(made.Path, clause.At.Start, clause.At.End, "",
		message.New("finding.SL401.what.secrets"))
	f.Fix = message.New("finding.SL401.fix.secrets", "property", integrations)
	return f, true
}

package check

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/snowflake"
)

// channelPackages holds environment.yml against the warehouse, which takes Snowflake's channel only
// and of Python and Streamlit a few versions.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (a *App) channelPackages(p string) []Finding {
	var list []Finding
	add := func(n existing.YAMLNode, symbol string, what, fix snowflake.Text) {
		start, end := n.Span()
		f := a.inText(p, start, end, symbol, what)
		f.FixSaid, f.manual = fix, true
		list = append(list, f)
	}
	root := existing.YAML(a.Files[p])
	channels, _ := root.Get("channels")
	for _, channel := range channels.Value.Items() {
		if name := channel.Scalar(); name != "snowflake" && name != "nodefaults" {
			add(channel, name, say("SL202.what.channel"), say("SL202.fix.channel", "channel", name))
		}
	}
	dependencies, _ := root.Get("dependencies")
	for _, item := range dependencies.Value.Items() {
		if pip, ok := item.Get("pip"); ok {
			add(pip.Key, "pip", say("SL202.what.pip"), say("SL202.fix.pip"))
			continue
		}
		if what, fix := channelFault(item.Scalar()); !what.IsZero() {
			spec, _ := scaffold.ParseConda(item.Scalar())
			add(item, spec.Name, what, fix)
		}
	}
	return list
}

// channelFault says what is wrong with a dependency in a warehouse, and what to do.
func channelFault(text string) (what, fix snowflake.Text) {
	spec, err := scaffold.ParseConda(text)
	if err != nil {
		return snowflake.Text{}, snowflake.Text{}
	}
	specifier, _ := spec.Specifier()
	clauses, _ := scaffold.ParseSpecifier(specifier)
	facts := scaffold.Facts(scaffold.Warehouse)
	admits := func(v string) bool { return scaffold.Admits(clauses, v) }
	switch normal := scaffold.NormalPackage(spec.Name); {
	case spec.Channel != "" && spec.Channel != "snowflake":
		return say("SL202.what.own_channel", "requirement", text), say("SL202.fix.own_channel", "name", spec.Name)
	case strings.ContainsAny(spec.Version, "<>!~,|"):
		return say("SL202.what.range", "requirement", text), say("SL202.fix.range", "name", spec.Name)
	case len(clauses) == 0:
		return snowflake.Text{}, snowflake.Text{}
	case normal == pythonPackage && !slices.ContainsFunc(facts.Pythons, func(v string) bool { return admitsPatch(clauses, v) }):
		return say("SL202.what.warehouse_python", "requirement", text, "versions", strings.Join(facts.Pythons, ", ")),
			say("SL202.fix.warehouse_python", "version", facts.Pythons[len(facts.Pythons)-1])
	case normal == streamlitPackage && !slices.ContainsFunc(facts.Streamlits, admits):
		return say("SL202.what.streamlit", "requirement", text),
			say("SL202.fix.streamlit", "versions", strings.Join(facts.Streamlits, ", "))
	}
	return snowflake.Text{}, snowflake.Text{}
}

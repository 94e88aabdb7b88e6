package rules

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/ui/message"
)

// channelPackages checks environment.yml for a warehouse, which only supports Snowflake's channel
// and a few versions of Python and Streamlit.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func channelPackages(a *facts.App, p string) []facts.Finding {
	var list []facts.Finding
	add := func(n existing.YAMLNode, symbol string, what, fix message.Message) {
		start, end := n.Span()
		f := a.TextFinding(p, start, end, symbol, what)
		f.Fix, f.Manual = fix, true
		list = append(list, f)
	}
	root := existing.YAML(a.Files[p])
	channels, _ := root.Get("channels")
	for _, channel := range channels.Value.Items() {
		if name := channel.Scalar(); name != "snowflake" && name != "nodefaults" {
			add(channel, name, message.New("finding.SL202.what.channel"), message.New("finding.SL202.fix.channel", "channel", name))
		}
	}
	dependencies, _ := root.Get("dependencies")
	for _, item := range dependencies.Value.Items() {
		if pip, ok := item.Get("pip"); ok {
			add(pip.Key, "pip", message.New("finding.SL202.what.pip"), message.New("finding.SL202.fix.pip"))
			continue
		}
		if what, fix := channelFault(item.Scalar()); !what.IsZero() {
			spec, _ := pep508.ParseConda(item.Scalar())
			add(item, spec.Name, what, fix)
		}
	}
	return list
}

// channelFault returns what is wrong with a dependency in a warehouse, and the fix.
func channelFault(text string) (what, fix message.Message) {
	spec, err := pep508.ParseConda(text)
	if err != nil {
		return message.Message{}, message.Message{}
	}
	specifier, _ := spec.Specifier()
	clauses, _ := pep508.ParseSpecifier(specifier)
	known := scaffold.Facts(scaffold.Warehouse)
	admits := func(v string) bool { return pep508.Admits(clauses, v) }
	switch normal := pep508.NormalPackage(spec.Name); {
	case spec.Channel != "" && spec.Channel != "snowflake":
		return message.New("finding.SL202.what.own_channel", "requirement", text), message.New("finding.SL202.fix.own_channel", "name", spec.Name)
	case strings.ContainsAny(spec.Version, "<>!~,|"):
		return message.New("finding.SL202.what.range", "requirement", text), message.New("finding.SL202.fix.range", "name", spec.Name)
	case len(clauses) == 0:
		return message.Message{}, message.Message{}
	case normal == facts.PythonPackage && !slices.ContainsFunc(known.Pythons, func(v string) bool { return facts.AdmitsPatch(clauses, v) }):
		return message.New("finding.SL202.what.warehouse_python", "requirement", text, "versions", strings.Join(known.Pythons, ", ")),
			message.New("finding.SL202.fix.warehouse_python", "version", known.Pythons[len(known.Pythons)-1])
	case normal == streamlitPackage && !slices.ContainsFunc(known.Streamlits, admits):
		return message.New("finding.SL202.what.streamlit", "requirement", text),
			message.New("finding.SL202.fix.streamlit", "versions", strings.Join(known.Streamlits, ", "))
	}
	return message.Message{}, message.Message{}
}

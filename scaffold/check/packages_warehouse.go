package check

import (
	"fmt"
	"slices"
	"strings"

	"sleet/scaffold"
)

// channelPackages holds environment.yml against the warehouse, which takes Snowflake's channel only
// and of Python and Streamlit a few versions.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func (a *App) channelPackages(p string) []Finding {
	var list []Finding
	add := func(n yamlNode, symbol, message, fix string) {
		start, end := n.span()
		f := a.inText(p, start, end, symbol, message)
		f.Fix, f.manual = fix, true
		list = append(list, f)
	}
	root := yamlRoot(a.Files[p])
	channels, _ := root.get("channels")
	for _, channel := range channels.value.items() {
		if name := channel.scalar(); name != "snowflake" && name != "nodefaults" {
			add(channel, name, "a warehouse app takes its packages from the channel snowflake and no other", "leave the channel "+name+" out")
		}
	}
	dependencies, _ := root.get("dependencies")
	for _, item := range dependencies.value.items() {
		if pip, ok := item.get("pip"); ok {
			add(pip.key, "pip", "a warehouse app installs nothing with pip", "name the packages as Snowflake's conda channel does, or bring the modules along as files")
			continue
		}
		if message, fix := channelFault(item.scalar()); message != "" {
			spec, _ := scaffold.ParseConda(item.scalar())
			add(item, spec.Name, message, fix)
		}
	}
	return list
}

// channelFault says what is wrong with a dependency in a warehouse, and what to do.
func channelFault(text string) (message, fix string) {
	spec, err := scaffold.ParseConda(text)
	if err != nil {
		return "", ""
	}
	specifier, _ := spec.Specifier()
	clauses, _ := scaffold.ParseSpecifier(specifier)
	facts := scaffold.Facts(scaffold.Warehouse)
	admits := func(v string) bool { return scaffold.Admits(clauses, v) }
	switch normal := scaffold.NormalPackage(spec.Name); {
	case len(clauses) == 0:
		return "", ""
	case normal == pythonPackage && !slices.ContainsFunc(facts.Pythons, func(v string) bool { return admitsPatch(clauses, v) }):
		return fmt.Sprintf("%s: a warehouse app runs on Python %s", text, strings.Join(facts.Pythons, ", ")),
			"write python=" + facts.Pythons[len(facts.Pythons)-1] + ".*"
	case normal == streamlitPackage && !slices.ContainsFunc(facts.Streamlits, admits):
		return fmt.Sprintf("%s: Snowflake's channel has no such version of Streamlit", text),
			"write one of " + strings.Join(facts.Streamlits, ", ")
	}
	return "", ""
}

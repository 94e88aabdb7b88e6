package steps

import (
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
)

// Address is where people find an app, with a word for who does.
type Address struct{ Label, URL string }

// Addresses returns where people find an app: its viewers, and its builders.
func Addresses(t ui.Translate, a deploy.Applied) []Address {
	var list []Address
	if a.URL != "" && a.URL != a.BuilderURL {
		list = append(list, Address{t("live.url_viewers"), cells.Clean(a.URL)})
	}
	if a.BuilderURL != "" {
		list = append(list, Address{t("live.url_builder"), cells.Clean(a.BuilderURL)})
	}
	return list
}

// AddressLines words where people find an app, a line for each address.
func AddressLines(t ui.Translate, a deploy.Applied) []string {
	var lines []string
	for _, each := range Addresses(t, a) {
		lines = append(lines, each.Label+" "+each.URL)
	}
	return lines
}

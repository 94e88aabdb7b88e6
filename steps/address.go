package steps

import (
	"sleet/steps/deploy"
	"sleet/ui"
	"sleet/ui/cells"
)

// Address is a URL of an app, with a label that says who uses it.
type Address struct{ Label, URL string }

// Addresses returns the URLs of an app, for its viewers and for its builders.
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

// AddressLines returns the URLs of an app with their labels, one a line.
func AddressLines(t ui.Translate, a deploy.Applied) []string {
	var lines []string
	for _, each := range Addresses(t, a) {
		lines = append(lines, each.Label+" "+each.URL)
	}
	return lines
}

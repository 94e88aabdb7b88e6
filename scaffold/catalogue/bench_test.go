package catalogue_test

import (
	"testing"

	"sleet/scaffold/catalogue"
)

// BenchmarkOffered is what the list of options costs when it opens.
func BenchmarkOffered(b *testing.B) {
	for b.Loop() {
		for _, o := range catalogue.Options() {
			catalogue.Supported("container", o.Key)
		}
	}
}

// BenchmarkNearest is what a mistyped key costs at each key press.
func BenchmarkNearest(b *testing.B) {
	for b.Loop() {
		catalogue.Nearest("theme.sidebar.primaryColour")
	}
}

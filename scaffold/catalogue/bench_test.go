package catalogue_test

import (
	"testing"

	"sleet/scaffold/catalogue"
)

// BenchmarkOffered measures opening the list of options.
func BenchmarkOffered(b *testing.B) {
	for b.Loop() {
		for _, o := range catalogue.Options() {
			catalogue.Supported("container", o.Key)
		}
	}
}

// BenchmarkNearest measures the suggestion for a mistyped key, which is computed on each key press.
func BenchmarkNearest(b *testing.B) {
	for b.Loop() {
		catalogue.Nearest("theme.sidebar.primaryColour")
	}
}

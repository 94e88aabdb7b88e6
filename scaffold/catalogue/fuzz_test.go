package catalogue_test

import (
	"testing"

	"sleet/scaffold/catalogue"
)

// FuzzKey asks everything that can be asked about a key that a person typed.
func FuzzKey(f *testing.F) {
	for _, key := range []string{"theme.base", "theme.sidebar.light.x", "a", "", ".", "..", "theme.", ".base", "テーマ.色", "server.\xff"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if section := catalogue.SectionOf(key); section != "" && (len(section) >= len(key) || key[:len(section)+1] != section+".") {
			t.Errorf("%q stands in %q", key, section)
		}
		if meant, ok := catalogue.Nearest(key); ok {
			if o, known := catalogue.Lookup(meant); !known || o.Hidden {
				t.Errorf("%q is near to %q, which nobody may be told of", key, meant)
			}
		}
		if at := catalogue.Position(key); at < 0 || at > len(catalogue.Options()) {
			t.Errorf("%q has the position %d", key, at)
		}
		for _, runtime := range []string{"container", "warehouse"} {
			got := catalogue.Supported(runtime, key)
			if got.Offered && !got.Written || !got.Written && got.Reason == "" || got.Page == "" {
				t.Errorf("%q in a %s: %+v", key, runtime, got)
			}
		}
	})
}

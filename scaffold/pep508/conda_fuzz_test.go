package pep508

import "testing"

// FuzzParseConda checks that every dependency that ParseConda accepts has a name.
func FuzzParseConda(f *testing.F) {
	for _, seed := range []string{
		"numpy", "numpy=1.2", "numpy 1.2 py_0", "conda-forge::numpy>=1,<2", "a[version='>=1', build=x]", "a[", "a=", "=1", "a=1=b,c", "a ~=1.0", "名=1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseConda(text)
		if err == nil && s.Name == "" {
			t.Errorf("ParseConda(%q) has no name: %+v", text, s)
		}
	})
}

// FuzzParseSpecifier checks that every parsed clause is complete.
func FuzzParseSpecifier(f *testing.F) {
	for _, seed := range []string{">=1", "==1.*,!=1.2", "~=1.0", "===x", ">=", "", " , ", ">1||<2", "==1!2.post1.dev3+local"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clauses, err := ParseSpecifier(text)
		for _, c := range clauses {
			if err == nil && (c.Op == "" || c.Version == "") {
				t.Errorf("ParseSpecifier(%q) has an incomplete clause: %+v", text, c)
			}
		}
	})
}

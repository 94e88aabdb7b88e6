package pep508

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseRequirement(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want Requirement
	}{
		{"pandas", Requirement{Name: "pandas", Normal: "pandas"}},
		{" pandas\t", Requirement{Name: "pandas", Normal: "pandas"}},
		{"Foo.Bar__baz", Requirement{Name: "Foo.Bar__baz", Normal: "foo-bar-baz"}},
		{"a", Requirement{Name: "a", Normal: "a"}},
		{"pandas >= 1.0 , < 2", Requirement{
			Name: "pandas", Normal: "pandas", Specifier: ">=1.0,<2", Clauses: []Clause{{">=", "1.0"}, {"<", "2"}},
		}},
		{"pandas==2.*", Requirement{Name: "pandas", Normal: "pandas", Specifier: "==2.*", Clauses: []Clause{{"==", "2.*"}}}},
		{"pandas (~=1.4.2)", Requirement{Name: "pandas", Normal: "pandas", Specifier: "~=1.4.2", Clauses: []Clause{{"~=", "1.4.2"}}}},
		{"x===any-text", Requirement{Name: "x", Normal: "x", Specifier: "===any-text", Clauses: []Clause{{"===", "any-text"}}}},
		{"x==1!2.0rc1.post3.dev4+local.1", Requirement{
			Name: "x", Normal: "x", Specifier: "==1!2.0rc1.post3.dev4+local.1",
			Clauses: []Clause{{"==", "1!2.0rc1.post3.dev4+local.1"}},
		}},
		{"uvicorn[ standard , h2 ]>1", Requirement{
			Name: "uvicorn", Normal: "uvicorn", Extras: []string{"standard", "h2"}, Specifier: ">1", Clauses: []Clause{{">", "1"}},
		}},
		{"x[]", Requirement{Name: "x", Normal: "x"}},
		{"pip @ https://example.com/pip.zip#sha1=da9234", Requirement{
			Name: "pip", Normal: "pip", URL: "https://example.com/pip.zip#sha1=da9234",
		}},
		{"pip@ git+https://example.com/pip.git ; os_name == 'nt'", Requirement{
			Name: "pip", Normal: "pip", URL: "git+https://example.com/pip.git", Marker: "os_name == 'nt'",
		}},
		{`tomli>=1; python_version < "3.11" `, Requirement{
			Name: "tomli", Normal: "tomli", Specifier: ">=1", Clauses: []Clause{{">=", "1"}}, Marker: `python_version < "3.11"`,
		}},
		{`x;(sys_platform=='linux' or "arm" in platform_machine)and extra not  in 'a b'`, Requirement{
			Name: "x", Normal: "x", Marker: `(sys_platform=='linux' or "arm" in platform_machine)and extra not  in 'a b'`,
		}},
	}
	for _, tt := range tests {
		got, err := ParseRequirement(tt.in)
		if err != nil {
			t.Errorf("ParseRequirement(%q): %v", tt.in, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseRequirement(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestParseRequirementErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", "it is empty"},
		{"  ", "it is empty"},
		{"-pandas", "must start and end"},
		{"pandas-", "must start and end"},
		{"日本", "where the name of a package is expected"},
		{">=1", "where the name of a package is expected"},
		{"pandas=1.5", "compare versions with =="},
		{"pandas 1.5", "starts with an operator"},
		{"pandas>=1 <2", "commas separate them"},
		{"pandas>=1,", "after a comma"},
		{"pandas>=", "where a version is expected"},
		{"pandas>=1.*", "only == and != support .*"},
		{"pandas>=1+cu1", "local version"},
		{"pandas==1.dev0.*", "can only follow"},
		{"pandas~=1", "at least two parts"},
		{"pandas==abc", "not a PEP 440 version"},
		{"pandas==1.0==2.0", "starts with an operator"},
		{"pandas(>=1", "where ) is expected"},
		{"pandas[a", "close them with ]"},
		{"pandas[a,]", "where the name of an extra is expected"},
		{"pandas[-]", "must start and end"},
		{"pandas @", "needs a URL"},
		{"pandas @ nowhere", "needs a URL"},
		{"pandas @ https://x.example; os_name == 'nt'", "need a space between"},
		{"pandas @ https://x.example extra", "is expected"},
		{"pandas; ", "where a variable"},
		{"pandas; python_version", "where a comparison"},
		{"pandas; python == '3'", "not a marker variable"},
		{"pandas; '3' == '4'", "compares two strings"},
		{"pandas; os_name == 'nt", "without its closing"},
		{"pandas; os_name not 'nt'", "where in is expected"},
		{"pandas; (os_name == 'nt'", "where ) is expected"},
		{"pandas; os_name == 'nt' nor", "after the marker"},
		{"pandas; " + strings.Repeat("(", 40) + "os_name == 'nt'" + strings.Repeat(")", 40), "too many nested parentheses"},
		{"pandas\n", "is expected"},
		{"./wheels/a.whl", "must start and end"},
		{"https://example.com/a.whl", "is expected"},
	}
	for _, tt := range tests {
		_, err := ParseRequirement(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseRequirement(%q) = %v, want an error with %q", tt.in, err, tt.want)
		}
	}
}

func TestRequirementString(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Pandas >= 1 , <2":                    "Pandas>=1,<2",
		"a [ b , c ] ; os_name=='nt'":         "a[b,c]; os_name=='nt'",
		"a @  https://x.example ; extra=='x'": "a @ https://x.example ; extra=='x'",
	} {
		r, err := ParseRequirement(in)
		if err != nil || r.String() != want {
			t.Errorf("ParseRequirement(%q).String() = %q (%v), want %q", in, r, err, want)
		}
	}
}

func TestAdmits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		specifier, version string
		want               bool
	}{
		{"", "1.0", true},
		{">=1.50,<2", "1.52.2", true},
		{">=1.50,<2", "2.0", false},
		{"==1.40", "1.50", false},
		{"==1.50.*", "1.50.3", true},
		{"~=1.50", "1.99", true},
		{"~=1.50.1", "1.51", false},
		{"===1.50", "1.50", true},
		{"!=1.50", "1.50.0", false},
		{">=1.0RC1", "1.0", true},
		{">=1", "no version", false},
	}
	for _, tt := range tests {
		clauses, err := ParseSpecifier(tt.specifier)
		if err != nil {
			t.Errorf("ParseSpecifier(%q): %v", tt.specifier, err)
		}
		if got := Admits(clauses, tt.version); got != tt.want {
			t.Errorf("Admits(%q, %s) = %v, want %v", tt.specifier, tt.version, got, tt.want)
		}
	}
	for _, bad := range []string{"1.50", ">= ", "=1.5", ">=1.50 <2", ">=1;"} {
		if _, err := ParseSpecifier(bad); err == nil {
			t.Errorf("ParseSpecifier(%q) succeeds, want an error", bad)
		}
	}
}

func FuzzParseRequirement(f *testing.F) {
	for _, seed := range []string{"pandas", "a[b]>=1,<2; os_name=='nt'", "a @ https://x.example ; extra=='x'", "a(==1.*)", "x===?"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		r, err := ParseRequirement(in)
		if err != nil {
			return
		}
		again, err := ParseRequirement(r.String())
		if err != nil {
			t.Fatalf("%q prints as %q, which does not parse: %v", in, r, err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Fatalf("%q prints as %q, which parses differently:\n%s", in, r, diff)
		}
	})
}

package generate

import (
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/pep508"
)

func TestProjectName(t *testing.T) {
	tests := []struct{ name, project, entity string }{
		{"my_app", "my-app", "my_app"},
		{"demo", "demo-app", "demo"},
		{"pandas", "pandas-app", "pandas"},
		{"Streamlit App!", "streamlit-app", "streamlit_app"},
		{`"exact Name"`, "exact-name-app", "exact_name"},
		{"2024 sales", "2024-sales-app", "2024_sales"},
		{"___", "app", "app"},
		{"売上", "app-443fb948", "app_443fb948"},
	}
	for _, tt := range tests {
		a := scaffold.App{App: scaffold.Identity{Name: tt.name}}.Resolve()
		if got := projectName(a); got != tt.project {
			t.Errorf("projectName(%q) = %q, want %q", tt.name, got, tt.project)
		}
		if got := slug(a); got != tt.entity {
			t.Errorf("slug(%q) = %q, want %q", tt.name, got, tt.entity)
		}
	}
}

// FuzzProjectName checks every name against the rules of PEP 508.
func FuzzProjectName(f *testing.F) {
	for _, name := range []string{"", "demo", "売上アプリ", "$", "-", `"a"`, "a__b", "\xff", "ſ"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		project := projectName(scaffold.App{App: scaffold.Identity{Name: name}}.Resolve())
		r, err := pep508.ParseRequirement(project)
		if err != nil || r.Name != project || r.Normal != project {
			t.Errorf("projectName(%q) = %q (%v)", name, project, err)
		}
		if len(project) > maxSlug+len("-app") {
			t.Errorf("projectName(%q) has %d characters", name, len(project))
		}
	})
}

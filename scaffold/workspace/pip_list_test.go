package workspace

import (
	"testing"

	"sleet/scaffold/testtools"
)

// TestPipList checks that a requirements.txt counts as the folder's package list if there is no
// pyproject.toml: a container prefers it, and generated files must name the list that is read.
func TestPipList(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"alone":             {map[string]string{"requirements.txt": "pandas\n"}, true},
		"empty":             {map[string]string{"requirements.txt": ""}, true},
		"beside a project":  {map[string]string{"requirements.txt": "pandas\n", "pyproject.toml": "[project]\n"}, false},
		"in a folder":       {map[string]string{"tools/requirements.txt": "pandas\n"}, false},
		"with old answers":  {map[string]string{"requirements.txt": "pandas\n", "sleet.toml": "[app]\nname = \"one\"\n"}, true},
		"a folder of files": {map[string]string{"streamlit_app.py": ""}, false},
	} {
		folder, err := Read(testtools.Folder(t, c.files))
		if err != nil || folder.App.PipList != c.want {
			t.Errorf("%s: PipList = %v, %v; want %v", name, folder.App.PipList, err, c.want)
		}
	}
}

package workspace

import (
	"testing"

	"sleet/scaffold/testtools"
)

// TestPipList holds that a requirements.txt counts as the folder's list of packages where no pyproject.toml is beside it: a container
// reads the former first, and what is written must name what is read.
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
			t.Errorf("%s: %v, %v, not %v", name, folder.App.PipList, err, c.want)
		}
	}
}

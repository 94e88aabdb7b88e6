package manifest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/migrate/change"
)

func TestJoinProject(t *testing.T) {
	const made = "[project]\nrequires-python = \"==3.11.*\"\ndependencies = [\n    \"streamlit[snowflake]>=1.50,<2\",\n    \"pandas==2.*\",\n]\n"
	for name, c := range map[string]struct {
		in, want string
		manual   bool
	}{
		"tools only":  {"[tool.ruff]\nline-length = 100\n", "[tool.ruff]\nline-length = 100\n\n" + made, false},
		"no line end": {"[tool.ruff]\nline-length = 100", "[tool.ruff]\nline-length = 100\n\n" + made, false},
		"empty":       {"", made, false},
		"poetry":      {"[tool.poetry]\nname = 'x'\n", "[tool.poetry]\nname = 'x'\n\n" + made, false},
		"poetry's path": {
			"[tool.poetry.dependencies]\nours = { path = '../ours' }\n", "[tool.poetry.dependencies]\nours = { path = '../ours' }\n\n" + made, true,
		},
		"lines": {
			"[project]\nname = \"x\" # mine\nrequires-python = \">=3.9\"\ndependencies = [\n  # the app\n  \"streamlit>=1.30\", # old\n  \"numpy\" # last\n]\n",
			"[project]\nname = \"x\" # mine\nrequires-python = \"==3.11.*\"\ndependencies = [\n  # the app\n  \"streamlit[snowflake]>=1.50,<2\", # old\n  \"numpy\", # last\n  \"pandas==2.*\",\n]\n",
			false,
		},
		"one line": {
			"[project]\nname = 'x'\nrequires-python = '<3.11'\ndependencies = ['Streamlit[snowflake]==1.52.2']\n",
			"[project]\nname = 'x'\nrequires-python = '==3.11.*'\ndependencies = ['Streamlit[snowflake]==1.52.2', \"pandas==2.*\"]\n",
			false,
		},
		"no list": {
			"[project]\nname = 'x'\nversion = '1'\n",
			"[project]\ndependencies = [\n    \"streamlit[snowflake]>=1.50,<2\",\n    \"pandas==2.*\",\n]\nrequires-python = \"==3.11.*\"\nname = 'x'\nversion = '1'\n",
			false,
		},
		"empty list": {
			"[project]\nrequires-python = '>=3.11'\ndependencies = []\n",
			"[project]\nrequires-python = '>=3.11'\ndependencies = [\"streamlit[snowflake]>=1.50,<2\", \"pandas==2.*\"]\n",
			false,
		},
		"windows": {
			"[project]\r\nrequires-python = '>=3.11'\r\ndependencies = [\r\n\t'streamlit[snowflake]>=1.51',\r\n]\r\n",
			"[project]\r\nrequires-python = '>=3.11'\r\ndependencies = [\r\n\t'streamlit[snowflake]>=1.51',\r\n\t\"pandas==2.*\",\r\n]\r\n",
			false,
		},
		"too old": {
			"[project]\nrequires-python = '>=3.11'\ndependencies = ['streamlit>=1.55', 'pandas==2.0.3', 'numpy<2']\n",
			"[project]\nrequires-python = '>=3.11'\ndependencies = [\"streamlit[snowflake]>=1.50,<2\", \"pandas==2.*\", 'numpy<2']\n",
			false,
		},
		"dynamic": {
			"[project]\nrequires-python = '>=3.11'\ndynamic = ['dependencies']\n",
			"[project]\nrequires-python = '>=3.11'\ndynamic = ['dependencies']\n",
			true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			edits, notes := JoinProject(scaffold.PyprojectFile, []byte(c.in), made)
			got, err := change.ApplyEdits([]byte(c.in), edits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Error(diff)
			}
			if (len(notes) > 0) != c.manual {
				t.Errorf("%+v", notes)
			}
			if again, _ := JoinProject(scaffold.PyprojectFile, got, made); len(again) > 0 && !c.manual {
				t.Errorf("the second time: %+v", again)
			}
		})
	}
}

func FuzzJoinProject(f *testing.F) {
	const made = "[project]\nrequires-python = \"==3.11.*\"\ndependencies = [\n    \"streamlit[snowflake]>=1.50,<2\",\n    \"pandas==2.*\",\n]\n"
	f.Add([]byte("[project]\nrequires-python='<3.11'\ndependencies = ['a', # b\n\"streamlit\"]\n"))
	f.Add([]byte("project.dependencies = []\n[tool.poetry]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var v map[string]any
		if toml.Unmarshal(data, &v) != nil {
			return
		}
		edits, _ := JoinProject(scaffold.PyprojectFile, data, made)
		got, err := change.ApplyEdits(data, edits)
		if err != nil {
			t.Fatal(err)
		}
		if err := toml.Unmarshal(got, &v); err != nil {
			t.Fatalf("%q became %q: %v", data, got, err)
		}
	})
}

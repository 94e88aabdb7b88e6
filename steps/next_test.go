package steps

import (
	"cmp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sleet/scaffold"
)

func TestNextSteps(t *testing.T) {
	tests := []struct {
		name   string
		app    scaffold.App
		dir    string
		locked bool
		want   []string
	}{
		{
			"a container app in a new folder",
			scaffold.App{Folder: "demo"},
			"demo", true,
			[]string{"cd demo", "uv run streamlit run streamlit_app.py", "sleet apply", "setup"},
		},
		{
			"here, without a lock",
			scaffold.App{Folder: "demo"},
			".", false,
			[]string{"sleet new . --yes", "uv run streamlit run streamlit_app.py", "sleet apply", "setup"},
		},
		{
			"a container app with preinstalled packages",
			scaffold.App{Python: scaffold.Python{Source: scaffold.Preinstalled}},
			".", true,
			[]string{"uv run streamlit run streamlit_app.py", "sleet apply", "snow streamlit deploy --open"},
		},
		{
			"a warehouse app has no lock",
			scaffold.App{App: scaffold.Identity{Runtime: scaffold.Warehouse}},
			".", false,
			[]string{
				"uv run --no-project --python 3.11 --with 'streamlit[snowflake]==1.52.2' streamlit run streamlit_app.py",
				"sleet apply",
				"snow streamlit deploy --open",
			},
		},
		{
			"secrets are made by the script",
			scaffold.App{
				App:     scaffold.Identity{Runtime: scaffold.Warehouse},
				Python:  scaffold.Python{Streamlit: "1.50.0", Version: "3.9"},
				Secrets: []scaffold.SecretDecl{{Key: "api_key"}},
			},
			"it's here", true,
			[]string{
				`cd 'it'\''s here'`,
				"uv run --no-project --python 3.9 --with 'streamlit[snowflake]==1.50.0' streamlit run streamlit_app.py",
				"sleet apply",
				"setup",
			},
		},
		{
			"names that a shell would take apart",
			scaffold.App{App: scaffold.Identity{MainFile: "my app.py"}},
			"-demo", true,
			[]string{"cd './-demo'", "uv run streamlit run 'my app.py'", "sleet apply", "setup"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, n := range NextSteps(test.app, test.dir, test.locked) {
				if n.ID == "" || n.Why == "" {
					t.Errorf("a step without an id or a reason: %+v", n)
				}
				got = append(got, cmp.Or(n.Command, n.ID))
			}
			if diff := gocmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestLocalRun checks that the command shown is the one that runs the app.
func TestLocalRun(t *testing.T) {
	app := scaffold.App{Folder: "demo"}
	app.App.MainFile = "my app.py"
	if got := tryLocally(app.Resolve()).Command; got != "uv run streamlit run 'my app.py'" {
		t.Errorf("the command shown is %q", got)
	}
	if got := strings.Join(LocalRun(app), "|"); got != "run|streamlit|run|my app.py" {
		t.Errorf("LocalRun() = %s", got)
	}
}

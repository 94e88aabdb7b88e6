package resources_test

import (
	"strings"
	"testing"

	"sleet/scaffold/answers"
	"sleet/scaffold/resources"
)

// TestSetupHeadNamesEveryPrivilege checks what the head of the script says to someone who runs it
// with one role.
func TestSetupHeadNamesEveryPrivilege(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers string
		want    []string
		not     string
	}{
		"existing secret elsewhere": {
			"app.name='a'\napp.database='D'\napp.schema='S'\n[[secrets]]\nkey='k'\nexisting=true\nobject='OTHER.PLACE.K'\n",
			[]string{"--   USAGE ON DATABASE OTHER\n", "--   USAGE ON SCHEMA OTHER.PLACE\n", "--   USAGE, READ ON SECRET OTHER.PLACE.K\n"},
			"",
		},
		"existing secret here": {
			"app.name='a'\napp.database='D'\napp.schema='S'\n[[secrets]]\nkey='k'\nexisting=true\nobject='K'\n",
			[]string{"--   USAGE, CREATE SCHEMA ON DATABASE D\n", "--   USAGE, READ ON SECRET D.S.K\n"},
			"--   USAGE ON SCHEMA D.S\n",
		},
		"schema in a database of the session": {
			"app.name='a'\napp.runtime='warehouse'\napp.schema='S'\n",
			[]string{"--   USAGE, CREATE SCHEMA on the database in use\n", "--   USAGE, CREATE STREAMLIT, CREATE STAGE ON SCHEMA S\n"},
			"",
		},
		"nothing named": {"app.name='a'\napp.runtime='warehouse'\n", []string{"ON SCHEMA <the schema in use>\n"}, "the database in use"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app, err := answers.Parse("sleet.toml", []byte(c.answers))
			if err != nil {
				t.Fatal(err)
			}
			script := string(resources.SetupSQL(app))
			for _, want := range c.want {
				if !strings.Contains(script, want) {
					t.Errorf("setup.sql does not contain %q:\n%s", want, script)
				}
			}
			if c.not != "" && strings.Contains(script, c.not) {
				t.Errorf("setup.sql contains %q:\n%s", c.not, script)
			}
		})
	}
}

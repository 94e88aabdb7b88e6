package snowflake_test

import (
	"encoding/json"
	"testing"

	"sleet/snowflake"
)

// TestNames checks how names of each origin are parsed and written in SQL.
func TestNames(t *testing.T) {
	t.Parallel()
	parsed := func(raw string) snowflake.Name {
		n, err := snowflake.ParseName(raw)
		if err != nil {
			t.Fatal(raw, err)
		}
		return n
	}
	for name, c := range map[string]struct {
		got, want snowflake.Name
		sql       string
	}{
		"plain":             {parsed("apps.public.demo"), snowflake.Name{Database: "APPS", Schema: "PUBLIC", Object: "DEMO"}, "APPS.PUBLIC.DEMO"},
		"quoted":            {parsed(`apps."my schema"."a.b"`), snowflake.Name{Database: "APPS", Schema: "my schema", Object: "a.b"}, `APPS."my schema"."a.b"`},
		"a reserved word":   {parsed("select"), snowflake.Name{Object: "select"}, `"select"`},
		"a role":            {snowflake.AccountObject(`"X TO ROLE Y"`), snowflake.Name{Object: "X TO ROLE Y"}, `"X TO ROLE Y"`},
		"lower-case quotes": {snowflake.AccountObject(`"my_wh"`), snowflake.Name{Object: "my_wh"}, `"my_wh"`},
		"a schema":          {snowflake.SchemaIn("apps", `"s"`), snowflake.Name{Database: "APPS", Schema: "s"}, `APPS."s"`},
		"in its place":      {snowflake.ObjectIn("apps", "public", "other.x"), snowflake.Name{Database: "APPS", Schema: "OTHER", Object: "X"}, "APPS.OTHER.X"},
		"no database":       {snowflake.ObjectIn("", "public", "x"), snowflake.Name{Schema: "PUBLIC", Object: "X"}, "PUBLIC.X"},
		"shown":             {snowflake.ShownName(`APPS.PUBLIC."my app"`), snowflake.Name{Database: "APPS", Schema: "PUBLIC", Object: "my app"}, `APPS.PUBLIC."my app"`},
		"shown bare":        {snowflake.ShownName("my_wh"), snowflake.Name{Object: "my_wh"}, `"my_wh"`},
		"shown function":    {snowflake.ShownName("APPS.PUBLIC.F(VARCHAR)"), snowflake.Name{Database: "APPS", Schema: "PUBLIC", Object: "F"}, "APPS.PUBLIC.F"},
		"of a database":     {snowflake.ShownOn(snowflake.OnDatabase, "APPS"), snowflake.Name{Database: "APPS"}, "APPS"},
		"of a schema":       {snowflake.ShownOn(snowflake.OnSchema, "APPS.PUBLIC"), snowflake.Name{Database: "APPS", Schema: "PUBLIC"}, "APPS.PUBLIC"},
		"of a database role": {
			snowflake.ShownOn(snowflake.OnDatabaseRole, "SNOWFLAKE.CORTEX_USER"), snowflake.DatabaseRole("SNOWFLAKE", "CORTEX_USER"), "SNOWFLAKE.CORTEX_USER",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.got != c.want || c.got.SQL() != c.sql {
				t.Errorf("got %#v with the SQL %s, want %#v with %s", c.got, c.got.SQL(), c.want, c.sql)
			}
			data, err := json.Marshal(c.got)
			var again snowflake.Name
			if err != nil || json.Unmarshal(data, &again) != nil || again != c.got {
				t.Errorf("after a round trip through JSON: %#v, %v", again, err)
			}
		})
	}
	var old snowflake.Name
	if err := json.Unmarshal([]byte(`"apps.PUBLIC.\"k\""`), &old); err != nil || old != (snowflake.Name{Database: "APPS", Schema: "PUBLIC", Object: "k"}) {
		t.Errorf("unmarshaled name of an earlier version: %#v, %v", old, err)
	}
}

// TestShownLists checks the forms in which an account shows lists and maps.
func TestShownLists(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "()", "[]": "()", "{}": "()", "NONE": "()", "ALL": "('ALL')",
		`["A","B.C.D"]`:                       "(A, B.C.D)",
		"[A, B]":                              "(A, B)",
		`[DB.S.R1, DB.S."my, rule"]`:          `(DB.S.R1, DB.S."my, rule")`,
		`{"key":"D.S.N","b":"\"D\".S.\"x\""}`: `('b' = D.S."x", 'key' = D.S.N)`,
		"{key=D.S.N, other=D.S.O}":            "('key' = D.S.N, 'other' = D.S.O)",
		"('key' = D.S.N)":                     "('key' = D.S.N)",
	} {
		if got := snowflake.ListValue(snowflake.ShownList(text)).SQL(nil); got != want {
			t.Errorf("ShownList(%s) = %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"a.example.com,b:443": "('a.example.com', 'b:443')", "('a.example.com', 'b')": "('a.example.com', 'b')", `["read","it's"]`: "('read', 'it''s')",
		"[it's, read]": "('it''s', 'read')",
	} {
		if got := snowflake.ListValue(snowflake.ShownTexts(text)).SQL(nil); got != want {
			t.Errorf("ShownTexts(%s) = %s, want %s", text, got, want)
		}
	}
}

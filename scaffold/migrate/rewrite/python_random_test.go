package rewrite

import (
	"math/rand/v2"
	"strings"
	"testing"

	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/python"
)

// pieces returns the statements that random apps are built from; some take a block.
func pieces() []string {
	return []string{
		"from snowflake.snowpark.context import get_active_session",
		"from snowflake.snowpark.context import get_active_session as gas",
		"import snowflake.snowpark.context as context",
		"import snowflake.snowpark.context",
		"from snowflake.snowpark import context, Session",
		"from snowflake.snowpark.context import (get_active_session,\n    other)",
		"import json, _snowflake",
		"import _snowflake",
		"import _snowflake as sf, os",
		"from _snowflake import get_generic_secret_string, send_snow_api_request as send",
		"from streamlit import experimental_rerun, experimental_dialog as dialog",
		"import streamlit as st",
		"session = get_active_session()",
		"session: object = gas()  # a comment",
		"st.write(context.get_active_session().connection, gas)",
		"x = snowflake.snowpark.context.get_active_session().sql('a')",
		"self = st; self.session = get_active_session(); y = 1",
		"key = _snowflake.get_generic_secret_string('plain')",
		"key = sf.get_username_password('held_login').username; z = sf",
		"key = _snowflake.get_oauth_access_token(key)",
		"r = send('POST', '/x', {}, {}, {}, None, 3)",
		"r = _snowflake.send_snow_api_request('POST', '/x', {}, {}, {}, None, 3)",
		"st.set_page_config(page_title='a', layout='wide')",
		"st.set_page_config(\n    page_title='a',  # one\n    menu_items={},\n)",
		"experimental_rerun()",
		"st.experimental_user.email; st.experimental_set_query_params(a=1)",
		"st.image('a', use_column_width=True)",
		"get_active_session = None",
		"_snowflake = None",
		"session = Session.builder.getOrCreate()",
		"get_session = 1",
		"pass",
		"'''a\nstring'''",
		"# a comment",
		"",
		"if st: import _snowflake",
		"print(get_active_session, _snowflake)",
		"{try",
		"{try",
		"{if",
		"{def",
		"{class",
		"{for",
		"{with",
		"{rebuild",
	}
}

// randomApp returns a random module.
func randomApp(r *rand.Rand, unit string) string {
	var lines []string
	var block func(depth, indent int)
	line := func(indent int, text string) {
		for _, l := range strings.Split(text, "\n") {
			lines = append(lines, strings.Repeat(unit, indent)+l)
		}
	}
	block = func(depth, indent int) {
		all := pieces()
		written := false
		for range 1 + r.IntN(4) {
			piece := all[r.IntN(len(all))]
			if strings.HasPrefix(piece, "{") && depth > 3 {
				continue
			}
			written = written || piece != "" && piece[0] != '#'
			switch piece {
			case "{try":
				line(indent, "try:")
				block(depth+1, indent+1)
				line(indent, "except Exception as e:  # an error")
				block(depth+1, indent+1)
				if r.IntN(3) == 0 {
					line(indent, "else:")
					block(depth+1, indent+1)
				}
				if r.IntN(3) == 0 {
					line(indent, "finally:")
					block(depth+1, indent+1)
				}
			case "{rebuild":
				line(indent, "try:\n"+unit+"session = get_active_session()\nexcept Exception:\n"+unit+"session = Session.builder.create()")
			case "{if":
				line(indent, "if st:")
				block(depth+1, indent+1)
				if r.IntN(2) == 0 {
					line(indent, "elif not st:")
					block(depth+1, indent+1)
				}
				if r.IntN(2) == 0 {
					line(indent, "else:")
					block(depth+1, indent+1)
				}
			case "{def":
				line(indent, "@st.cache_resource\ndef get_it(a=get_active_session):")
				block(depth+1, indent+1)
				line(indent+1, "return get_active_session()")
			case "{class":
				line(indent, "class A:")
				block(depth+1, indent+1)
			case "{for":
				line(indent, "for i in st:")
				block(depth+1, indent+1)
			case "{with":
				line(indent, "with st.container():")
				block(depth+1, indent+1)
			default:
				line(indent, piece)
			}
		}
		if !written {
			line(indent, "...")
		}
	}
	for range 1 + r.IntN(6) {
		block(0, 0)
	}
	line(0, "import streamlit as st\nst.write(1)")
	return strings.Join(lines, "\n") + "\n"
}

// appOf returns an app with one file.
func appOf(text []byte) (*existing.App, bool) {
	file, err := python.Parse(text)
	if err != nil {
		return nil, false
	}
	return &existing.App{
		Root: ".", Main: "app.py", Paths: []string{"app.py"},
		Files: map[string][]byte{"app.py": text}, Python: map[string]*python.File{"app.py": file},
	}, true
}

// holds checks the guarantees for an app with one file: it still parses after the edits, and a second rewriting changes
// nothing.
func holds(t *testing.T, text []byte) {
	t.Helper()
	app, ok := appOf(text)
	if !ok {
		return
	}
	code := Python(app, exampleOptions())
	after, err := change.ApplyEdits(text, code.Edits)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	again, ok := appOf(after)
	if !ok {
		_, err := python.Parse(after)
		t.Fatalf("%v\nbefore:\n%s\nafter:\n%s", err, text, after)
	}
	for _, f := range code.New {
		again.Paths = append(again.Paths, f.Path)
		again.Files[f.Path] = f.Data
	}
	if second := Python(again, exampleOptions()); len(second.Edits) > 0 {
		twice, _ := change.ApplyEdits(after, second.Edits)
		t.Fatalf("the second time %+v\nbefore:\n%s\nafter:\n%s\ntwice:\n%s", second.Edits, text, after, twice)
	}
}

// TestPythonRandom checks the guarantees on random apps.
func TestPythonRandom(t *testing.T) {
	t.Parallel()
	parsed := 0
	for seed := range uint64(800) {
		r := rand.New(rand.NewPCG(seed, 1))
		unit := []string{"    ", "  ", "\t"}[r.IntN(3)]
		text := randomApp(r, unit)
		if r.IntN(3) == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		if _, ok := appOf([]byte(text)); ok {
			parsed++
			holds(t, []byte(text))
		}
	}
	if parsed < 500 {
		t.Errorf("only %d of the random apps are Python", parsed)
	}
}

// FuzzPython checks the guarantees on any text.
func FuzzPython(f *testing.F) {
	for seed := range uint64(50) {
		f.Add([]byte(randomApp(rand.New(rand.NewPCG(seed, 2)), "    ")))
	}
	f.Add([]byte(mixed))
	f.Fuzz(holds)
}

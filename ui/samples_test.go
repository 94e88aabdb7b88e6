package ui_test

import (
	"charm.land/bubbles/v2/key"

	"sleet/ui"
	"sleet/ui/codeview"
)

const (
	oldCode = "import streamlit as st\n\n\ndef session():\n    return st.connection(\"snowflake\").session()\n\n\nst.title(\"My app\")\n"
	newCode = "import streamlit as st\nfrom snowflake.snowpark import Session\n\n\n" +
		"def session() -> Session:\n    return st.connection(\"snowflake\").session()  # 接続を一度だけ開きます。長いので右端で切れるはずの注釈\n\n\nst.title(\"My app\")\n"
)

func page(path string) ui.Link {
	return ui.Link{URL: "https://docs.example.com/en/guide/" + path, Text: path}
}

// answers returns a form with every kind of field.
func answers(k *ui.Context) ui.Form {
	return ui.NewForm(k,
		ui.NewTextField(k, ui.Head{
			ID: "name", Label: "Name", Link: page("names"),
			Why: "The name of the object. Letters, digits and underscores need no quotes; anything else is quoted for you.",
		}).WithValue("売上ダッシュボード"),
		ui.NewTextField(k, ui.Head{ID: "title", Label: "Title"}).WithPlaceholder("My app"),
		ui.NewToggle(k, ui.Head{ID: "cortex", Label: "Ask Cortex"}),
		ui.NewChoice(
			k, ui.Head{ID: "runtime", Label: "Runtime", Why: "Where the code runs."},
			ui.Option{Value: "container", Title: "Container", Gives: "one long-lived server for all viewers", Costs: "needs a compute pool"},
			ui.Option{Value: "warehouse", Title: "Warehouse", Gives: "nothing to set up", Costs: "fewer packages"},
		),
		ui.NewTable(k, ui.Head{ID: "secrets", Label: "Secrets", Why: "What nobody may read."}, "Key", "Type", "Reached by").
			WithRows(
				ui.Row{Cells: []string{"api_key", "generic string", "function"}},
				ui.Row{Cells: []string{"login", "password", "st.secrets"}, Level: ui.Problem},
			).WithAdd("add a secret").WithTyping(),
		ui.NewListEdit(k, ui.Head{ID: "hosts", Label: "Hosts"}).
			WithValue("api.example.com", "日本語.example.com:8443").WithPlaceholder("host[:port]"),
		ui.NewPick(k, ui.Head{ID: "options", Label: "Options"}, options()...),
		ui.NewTree(k, ui.Head{ID: "files", Label: "Files"}, files()...),
		ui.NewButton(k, ui.Head{ID: "next", Label: "Continue"}),
	)
}

func options() []ui.Item {
	return []ui.Item{
		{Title: "theme.base", Detail: "The preset to start from.", Marked: true},
		{Title: "theme.primaryColor", Detail: "Colour of what can be pressed."},
		{Title: "runner.magicEnabled", Detail: "Draws bare values. 値をそのまま表示します。"},
		{Title: "client.showErrorDetails", Detail: "How much of an error viewers see."},
	}
}

func files() []ui.File {
	return []ui.File{
		{Path: "streamlit_app.py", Size: 1432, State: ui.New},
		{Path: "pyproject.toml", Size: 312, State: ui.Altered},
		{Path: "sql/setup.sql", Size: 43120, State: ui.Edited},
		{Path: "sql/teardown.sql", Size: 512, State: ui.Same},
		{Path: ".streamlit/config.toml", Size: 2_100_000, State: ui.Deleted},
		{Path: "ページ/売上.py", Size: 90, State: ui.New},
	}
}

// filled returns a whole screen of a size.
func filled(k *ui.Context, w, h int) (ui.Frame, ui.Screen) {
	f := ui.NewFrame(k, "sleet").SetSize(w, h)
	form := answers(k).SetSize(f.Left().W, f.Left().H)
	code, _ := codeview.NewCode(k).SetSize(f.Right().W, f.Right().H).Show("streamlit_app.py", oldCode, newCode)
	code, _ = code.Update(highlighted(k, "streamlit_app.py", newCode))
	titles := []string{"App", "Runtime", "Compute", "Packages", "Hosts", "Secrets", "Config", "Values", "Roles", "Review"}
	steps := make([]ui.Step, len(titles))
	for i, title := range titles {
		steps[i] = ui.Step{Title: title, State: [3]ui.StepState{ui.Done, ui.Here, ui.Ahead}[min(max(i-3, 0), 2)]}
	}
	keys := k.Keys
	return f, ui.Screen{
		Name: "売上ダッシュボード", Steps: steps, Title: "Packages", About: "What the app imports beside Streamlit.",
		Left: form.View(), Right: code.View(),
		Footer: append(form.Keys(), []key.Binding{keys.Back, keys.Preview, keys.Review, keys.Help, keys.Quit}...),
	}
}

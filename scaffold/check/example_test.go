package check_test

import (
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// TestExamples checks that each rule finds something in its example, and that no rule finds anything after the fix.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, r := range rules.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			if before := found(t, r.Example.Before, facts.Options{Select: []string{r.ID}}); before == "" {
				t.Errorf("nothing is found in\n%s", r.Example.Before)
			}
			if after := found(t, r.Example.After, facts.Options{}); after != "" {
				t.Errorf("after the fix is found %s in\n%s", after, r.Example.After)
			}
		})
	}
}

// found checks one side of an example for a container and returns the rules that find something.
func found(t *testing.T, side string, options facts.Options) string {
	t.Helper()
	files := map[string]string{"streamlit_app.py": "import streamlit as st\n\nst.title(\"Sales\")\n"}
	for _, f := range rules.ExampleFiles(side) {
		files[f.Path] = f.Text
	}
	options.Runtime = scaffold.Container
	folder, err := existing.Read(tree(t, files))
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, f := range check.Folder(folder, options).Findings {
		rules = append(rules, f.Rule+" "+f.Message.String())
	}
	return strings.Join(rules, ", ")
}

// TestExplanations checks that each rule has an explanation of two to five sentences in every language.
func TestExplanations(t *testing.T) {
	t.Parallel()
	for _, r := range rules.Rules() {
		for lang, end := range map[string]string{"en": ". ", "ja": "。"} {
			text := message.For(lang).Say(r.Explanation())
			count := strings.Count(text+" ", end)
			if count < 2 || count > 5 || !strings.HasSuffix(text, strings.TrimSpace(end)) {
				t.Errorf("%s in %s has %d sentences: %s", r.ID, lang, count, text)
			}
		}
	}
}

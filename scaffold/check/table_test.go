package check_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

func TestRules(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`^SL[1-9]\d\d$`)
	var ids []string
	for _, r := range rules.Rules() {
		ids = append(ids, r.ID)
		if !id.MatchString(r.ID) || len(r.Runtimes) == 0 ||
			!slices.Contains([]facts.Severity{facts.Error, facts.Warning, facts.Advice}, r.Severity) || !strings.HasPrefix(r.Page, "https://docs.") {
			t.Errorf("%+v", r)
		}
		for _, msg := range []message.Message{r.Title(), r.Consequence(), r.Fix()} {
			text := msg.String()
			if !message.Known(msg.ID) || strings.ContainsAny(text, "\n") || strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q", r.ID, text)
			}
		}
		if got, ok := rules.RuleOf(r.ID); !ok || got.ID != r.ID {
			t.Errorf("RuleOf(%s) is %v, %v", r.ID, got, ok)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(ids)) != len(rules.Rules()) {
		t.Error("ids are not in order, or not unique:", ids)
	}
	for _, want := range strings.Fields("SL101 SL102 SL103 SL104 SL105 SL106 SL107 SL108 SL109 SL110 SL111 SL112 SL113 SL117 SL118 SL201 SL202 SL301 SL302 SL303 SL401 SL402") {
		if !slices.Contains(ids, want) {
			t.Error("no rule", want)
		}
	}
	if _, ok := rules.RuleOf("SL999"); ok {
		t.Error("SL999 is a rule")
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	folder := read(t, map[string]string{"streamlit_app.py": session + "st.set_page_config(page_title='x')\nst.cache\n"})
	for _, test := range []struct {
		options facts.Options
		want    string
	}{
		{facts.Options{}, "SL101 SL102 SL105 SL106"},
		{facts.Options{Runtime: scaffold.Warehouse}, "SL105"},
		{facts.Options{Select: []string{"SL101", "sl106 "}}, "SL101 SL106"},
		{facts.Options{Select: []string{"SL10"}, Ignore: []string{"SL101", "SL105"}}, "SL102 SL106"},
		{facts.Options{Ignore: []string{"SL1"}}, ""},
		{facts.Options{Select: []string{""}}, ""},
		{facts.Options{Streamlit: "1.61"}, "SL101 SL102 SL105"},
		{facts.Options{Runtime: scaffold.Warehouse, Streamlit: "1.62"}, "SL105 SL106"},
	} {
		var got []string
		for _, f := range check.Folder(folder, test.options).Findings {
			got = append(got, f.Rule)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != test.want {
			t.Errorf("%+v gives %v, want %s", test.options, got, test.want)
		}
	}
}

// TestPlaces checks the positions of findings in unusual files.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"CRLF":              "import streamlit as st\r\n\r\nst.experimental_rerun()\r\n",
		"CR":                "import streamlit as st\r\rst.experimental_rerun()\r",
		"BOM":               "\ufeffimport streamlit as st\n\nst.experimental_rerun()",
		"coding":            "# coding: latin-1\nimport streamlit as st; é = '\xe9'\nst.experimental_rerun()\n",
		"wide":              "import streamlit as st\nx = '''日本\n'''; st.experimental_rerun()\n",
		"tab and form feed": "import streamlit as st\nif st:\n\tst.experimental_rerun()\n\f\n",
		"joined":            "import streamlit as st\nx = 1 + \\\n  st.experimental_rerun()\n",
	} {
		if name == "coding" {
			code = strings.Replace(code, "é", "\xe9", 1)
		}
		want := map[string]string{"wide": "3:6-3:27", "tab and form feed": "3:2-3:23", "joined": "3:3-3:24"}[name]
		if want == "" {
			want = "3:1-3:22"
		}
		folder := read(t, map[string]string{"streamlit_app.py": code})
		list := check.Folder(folder, facts.Options{Select: []string{"SL106"}}).Findings
		if len(list) != 1 {
			t.Fatalf("%s: %+v, %+v", name, list, folder.Skipped)
		}
		f := list[0]
		if got := fmt.Sprintf("%d:%d-%d:%d", f.Line, f.Column, f.EndLine, f.EndColumn); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if start, end := f.Span(); end-start != len("st.experimental_rerun") {
			t.Errorf("%s: bytes %d to %d", name, start, end)
		}
	}
}

func TestBrokenPython(t *testing.T) {
	t.Parallel()
	folder := read(t, map[string]string{"streamlit_app.py": page + "st.cache\n", "bad.py": "x = 1\ndef f(:\n", "nul.py": "x = '\x00'\n", "latin.py": "x = '\xe9'\n"})
	report := check.Folder(folder, facts.Options{})
	if len(report.Findings) != 1 || len(report.Skipped) != 3 {
		t.Fatalf("%+v", report)
	}
	for i, want := range []string{"bad.py:2", "latin.py:1", "nul.py:1"} {
		s := report.Skipped[i]
		if got := fmt.Sprintf("%s:%d", s.Path, s.Line); got != want || !strings.Contains(s.Reason.String(), "Python cannot parse") {
			t.Errorf("%s %s, want %s", got, s.Reason, want)
		}
	}
}

// TestConcurrentFindings runs concurrent checks for the race detector.
func TestConcurrentFindings(t *testing.T) {
	t.Parallel()
	folder, err := existing.Read("testdata/apps/classic")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	counts := make([]int, 4)
	for i := range counts {
		wait.Go(func() {
			folder.Apps[0].Code()
			counts[i] = len(check.Folder(folder, facts.Options{}).Findings)
		})
	}
	wait.Wait()
	if counts[0] == 0 || len(slices.Compact(counts)) != 1 {
		t.Error(counts)
	}
}

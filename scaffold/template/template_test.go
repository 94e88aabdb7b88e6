package template_test

import (
	"html"
	"strings"
	"testing"
	"testing/fstest"
	texttemplate "text/template"

	"sleet/scaffold/template"
)

type secret struct {
	Name  string
	Parts []string
}

func data() map[string]any {
	return map[string]any{
		"Yes": true, "No": false, "Zero": 0, "One": 1, "Empty": "", "Text": "a <b> & \"c\"", "None": []string{}, "Names": []string{"x", "y"},
		"Secrets":  []secret{{"first", nil}, {"second", []string{"user", "word"}}},
		"Greeting": func() string { return "hello" }, "Louder": func(text string) string { return upper(text) + "!" },
		"Inner": map[string]any{"Deep": "down"},
	}
}

func upper(text string) string { return strings.ToUpper(text) }

func fill(t *testing.T, text string, o template.Options) (string, error) {
	t.Helper()
	set, err := template.Parse(fstest.MapFS{"t/a.tmpl": {Data: []byte(text)}}, "t/*.tmpl", o)
	if err != nil {
		return "", err
	}
	return set.Fill("a.tmpl", data())
}

// TestAgainstTextTemplate compares results with those of text/template.
func TestAgainstTextTemplate(t *testing.T) {
	for _, text := range []string{
		``, `plain`, `{{.Text}}`, `{{.One}} {{.Zero}}`, `{{.Inner.Deep}}`,
		`{{if .Yes}}a{{end}}{{if .No}}b{{else}}c{{end}}{{if .No}}d{{else if .Text}}e{{end}}`,
		`{{if .Zero}}a{{end}}{{if .One}}b{{end}}{{if .Empty}}c{{end}}{{if .None}}d{{end}}{{if .Names}}e{{end}}`,
		`{{range .Names}}[{{.}} {{$.One}}]{{end}}`, `{{range .None}}x{{end}}`,
		`{{range .Secrets}}{{.Name}}:{{range .Parts}} {{.}}{{end}};{{end}}`,
		"a\n{{- if .Yes}}\n    b\n{{- end}}\nc {{- /* nothing */ -}} d",
		`{{not .Yes}} {{not .Empty}} {{and .Yes .Text}} {{and .Yes .Empty .One}} {{or .No .Zero .Text}} {{or .No .Empty}}`,
		`{{if or .No (and .Yes .Names)}}a{{end}}`,
		`{{len .Names}} {{len .None}} {{print "a" .One .Text}} {{print .One .Zero}}`,
		`{{up "a"}} {{up .Text}} {{up (print "x" .Text)}}`,
		`{{template "t" .Inner}}{{define "t"}}<{{.Deep}} {{$.Deep}}>{{end}}{{template "t" .Inner}}`,
		`{{range .Names}}{{template "n" $}}{{end}}{{define "n"}}{{.One}}{{end}}`,
		"{{up \"quoted \\\" text\"}} {{up `raw`}}",
	} {
		functions := template.Functions{"up": upper}
		got, err := fill(t, text, template.Options{Functions: functions})
		var want strings.Builder
		if err := texttemplate.Must(texttemplate.New("").Funcs(texttemplate.FuncMap(functions)).Parse(text)).Execute(&want, data()); err != nil {
			t.Fatal(err)
		}
		if err != nil || got != want.String() {
			t.Errorf("Fill(%s) = %q, %v; text/template returns %q", text, got, err, &want)
		}
	}
}

func TestOptions(t *testing.T) {
	got, err := fill(t, `<«.Text»>{{.Text}}«if .Yes»&«end»`, template.Options{Left: "«", Right: "»", Escape: html.EscapeString})
	if want := `<a &lt;b&gt; &amp; &#34;c&#34;>{{.Text}}&`; err != nil || got != want {
		t.Errorf("Fill = %q, %v; want %q", got, err, want)
	}
}

// TestFunctionsInData checks that functions in the data are called as text/template calls methods.
func TestFunctionsInData(t *testing.T) {
	got, err := fill(t, `{{.Greeting}} {{.Louder "a"}} {{.Louder .Empty}} {{range .Names}}{{$.Louder .}}{{end}}{{if .Greeting}} yes{{end}}`, template.Options{})
	if want := "hello A! ! X!Y! yes"; err != nil || got != want {
		t.Errorf("Fill = %q, %v; want %q", got, err, want)
	}
}

// TestErrors checks that unsupported syntax and mistakes return an error that names them.
func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{{.Missing}}`:                    "has no Missing",
		`{{.Text.Missing}}`:               "has no Missing",
		`{{range .Secrets}}{{.A}}`:        "unexpected EOF",
		`{{range .Secrets}}{{.A}}{{end}}`: "has no A",
		`{{.Text | up}}`:                  "not supported",
		`{{$x := .Text}}`:                 "not supported",
		`{{with .Text}}{{end}}`:           "not supported",
		`{{unknown .Text}}`:               `function "unknown" not defined`,
		`{{template "missing" .}}`:        `no template "missing"`,
		`{{if .Yes}}`:                     "unexpected EOF",
		`{{1.5}}`:                         "not supported",
	} {
		if got, err := fill(t, text, template.Options{Functions: template.Functions{"up": upper}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Fill(%s) = %q, %v; want an error with %q", text, got, err, want)
		}
	}
}

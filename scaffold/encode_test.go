package scaffold

import (
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"

	"sleet/scaffold/python"
	"sleet/snowflake/sqltext"
)

// hostileText draws an answer that tries to leave the text that it stands in.
func hostileText() *rapid.Generator[string] {
	pieces := []string{
		`"`, `'`, `"""`, `'''`, "\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "$$", "$", `\`, `\n`, "\u202e", "\u2066", "\x00", "#", "--", "/*", "*/",
		";", "{", "}", "{{", "%", ": ", "- ", "[", "]", "]]", "`", "$(x)", "&&", "|", "<b>", "|>", "a", "売", "\ufeff", "\x1b[2J", " ", "\t",
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces"), "")
	})
}

// TestAnswersStayConstants holds that whatever the answers say, the generated files mean the same but for their constants.
func TestAnswersStayConstants(t *testing.T) {
	app := func(title, comment, key, value string) App {
		return App{
			App:     Identity{Name: "demo", Title: title, Comment: comment, Database: "D", Schema: "S"},
			Values:  map[string]any{key: value},
			Secrets: []SecretDecl{{Key: "api_key", Comment: comment}},
		}
	}
	plain := shapesOf(t, app("x", "x", "1 x", "x"))
	rapid.Check(t, func(rt *rapid.T) {
		text := hostileText()
		a := app(text.Draw(rt, "title"), text.Draw(rt, "comment"), text.Draw(rt, "key"), text.Draw(rt, "value"))
		for name, shape := range shapesOf(rt, a) {
			if !reflect.DeepEqual(shape, plain[name]) {
				rt.Fatalf("%s has another shape\n%v\nwant\n%v", name, shape, plain[name])
			}
		}
	})
}

// shapesOf returns each generated file as its parser sees it, without constants.
func shapesOf(t interface{ Fatalf(string, ...any) }, a App) map[string]any {
	shapes := map[string]any{}
	for _, f := range Files(a) {
		var parsed any
		var err error
		switch {
		case strings.HasSuffix(f.Path, ".toml"):
			var table map[string]any
			err = toml.Unmarshal(f.Data, &table)
			parsed = bare(table)
		case strings.HasSuffix(f.Path, ".yml"):
			err = yaml.Unmarshal(f.Data, &parsed)
			parsed = bare(parsed)
		case strings.HasSuffix(f.Path, ".sql"):
			var kinds []string
			for _, s := range sqltext.Statements(f.Data) {
				kinds = append(kinds, strings.ToUpper(s.Tokens[0].Raw))
			}
			parsed = kinds
		case strings.HasSuffix(f.Path, ".py"):
			file, fault := python.Parse(f.Data)
			if fault != nil {
				t.Fatalf("%s does not parse: %v\n%s", f.Path, fault, f.Data)
			}
			calls := 0
			for _, s := range file.Body {
				python.Walk(s, func(n python.Node) bool {
					if _, call := n.(*python.Call); call {
						calls++
					}
					return true
				})
			}
			parsed = [2]int{len(file.Body), calls}
		default:
			continue
		}
		if err != nil {
			t.Fatalf("%s does not parse: %v\n%s", f.Path, err, f.Data)
		}
		shapes[f.Path] = parsed
	}
	return shapes
}

// bare leaves of a value its form: tables by how many keys they have, lists, and for each constant nothing.
func bare(value any) any {
	switch v := value.(type) {
	case map[string]any:
		var list []any
		for range v {
			list = append(list, "key")
		}
		return list
	case []any:
		return len(v)
	}
	return "constant"
}

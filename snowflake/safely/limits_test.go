package safely_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sleet/snowflake/safely"
)

func TestCheckTOML(t *testing.T) {
	t.Parallel()
	many := strings.Repeat
	for name, c := range map[string]struct {
		text string
		line int // 0: not too deep
	}{
		"plain":              {"a = 1\n[b.c]\nd = [1, [2]]\n", 0},
		"a hundred parts":    {"a" + many(".a", 99) + " = 1\n", 0},
		"one more":           {"x = 1\na" + many(".a", 100) + " = 1\n", 2},
		"a heading":          {"[a" + many(".a", 20000) + "]\n", 1},
		"quoted parts":       {"a" + many(`."a.b"`, 100) + " = 1", 1},
		"arrays":             {"a = " + many("[", 101) + many("]", 101), 1},
		"inline tables":      {"a = " + many("{ a = ", 200) + "1" + many("}", 200), 1},
		"in a comment":       {"# " + many("[", 200) + many("a.", 200) + "\na = 1", 0},
		"in a string":        {"a = \"" + many("[", 200) + many(".", 200) + "\"\n", 0},
		"in a literal":       {"a = '" + many("{", 200) + "'\n", 0},
		"in long strings":    {"a = \"\"\"\n" + many("[", 200) + "\n\\\"\"\" \"\"\"\nb = '''" + many("[", 200) + "''''\nc = 1", 0},
		"many dots in lines": {many("a = 1.5\n", 500) + many("[t.u]\n", 300), 0},
		"an array of floats": {"a = [" + many("1.5, ", 300) + "]", 0},
		"not closed":         {"a = \"" + many("[", 300), 0},
		"keys":               {many("a = 1\n", 6000), 5001},
		"dotted keys":        {many("a.b.c.d.e = 1\n", 1001), 1001},
		"tables":             {many("[t]\n", 6000), 5001},
		"keys in one line":   {"a = { " + many("b = 1, ", 6000) + "}", 1},
		"arrays of tables":   {many("[[t]]\n", 30000), 20001},
		"a lock file":        {many("[[t]]\n"+many("a = { b = 1, c = 2 }\n", 100), 3000), 0},
		"a long array":       {"a = [\n" + many("[\n1.5,\n],\n", 30000) + "]", 0},
	} {
		check(t, name, safely.CheckTOML([]byte(c.text)), c.line)
	}
}

func TestCheckYAML(t *testing.T) {
	t.Parallel()
	many := strings.Repeat
	var block, list strings.Builder
	for i := range 150 {
		block.WriteString(many(" ", i) + "a:\n")
	}
	list.WriteString("a:\n")
	for range 500 {
		list.WriteString("  - b: 1\n    c: [1, {d: 2}]\n")
	}
	for name, c := range map[string]struct {
		text string
		line int
	}{
		"plain":             {"a: 1\nb:\n  - c\n  - d: [e, {f: g}]\n", 0},
		"brackets":          {"a: 1\nb: " + many("[", 100000) + many("]", 100000), 2},
		"brackets in lines": {"a: " + many("[\n", 101) + many("]\n", 101), 100},
		"braces":            {"a: " + many("{a: ", 150) + "1" + many("}", 150), 1},
		"JSON":              {many(`{"a":[`, 60) + many("]}", 60), 1},
		"blocks":            {block.String(), 101},
		"dashes":            {many("- ", 150) + "a", 1},
		"a long list":       {list.String(), 0},
		"entries":           {many("- a\n", 30000), 20001},
		"keys":              {many("a: 1\n\n# b\n", 30000), 60001},
		"in brackets":       {"a: [" + many("b, ", 30000) + "]", 1},
		"a long text":       {"a: |\n" + many("  b, c\n", 30000) + "# d\n" + many("# e\n", 30000), 0},
		"text":              {"a: |\n  " + many("[", 300) + "\n  " + many("{", 300) + "\nb: 1\n", 0},
		"folded text":       {"a:\n  - >-\n    " + many("[", 300) + "\n  - b\n", 0},
		"quotes":            {"a: \"" + many("[", 300) + "\"\nb: '" + many("[", 300) + "'\n", 0},
		"quotes in lines":   {"a: \"x\n  " + many("[", 300) + "\\\"\n  y\"\nb: 1\n", 0},
		"a comment":         {"a: 1 # " + many("[", 300) + "\n# " + many("{", 300) + "\n", 0},
		"plain words":       {many("a: it's x[ and y{\n", 300), 0},
	} {
		check(t, name, safely.CheckYAML([]byte(c.text)), c.line)
	}
}

func check(t *testing.T, name string, err error, line int) {
	t.Helper()
	var deep *safely.LimitError
	switch {
	case err == nil && line != 0:
		t.Errorf("%s: no error, want a LimitError", name)
	case err != nil && (!errors.As(err, &deep) || deep.Line != line):
		t.Errorf("%s: %v, want line %d", name, err, line)
	}
}

// TestDepthIsQuick scans texts that consist of nesting only.
func TestDepthIsQuick(t *testing.T) {
	t.Parallel()
	started := time.Now()
	for _, text := range []string{strings.Repeat("a.", 1<<20), strings.Repeat("[", 1<<20), strings.Repeat("- ", 1<<20), strings.Repeat("'", 1<<20), strings.Repeat("\"\n", 1<<20)} {
		_, _ = safely.CheckTOML([]byte(text)), safely.CheckYAML([]byte(text))
	}
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("took %s, want at most 5s", took)
	}
}

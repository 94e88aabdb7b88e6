package profile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Env is the part of a machine's environment that connections depend on.
type Env struct {
	// Environ has NAME=value pairs. Home is the person's home folder.
	Environ []string
	Home    string
}

func (e Env) get(name string) string {
	value := ""
	for _, pair := range e.Environ {
		if key, v, ok := strings.Cut(pair, "="); ok && key == name {
			value = v
		}
	}
	return value
}

// home returns the person's home folder, or the root if it is unknown: a relative path would read the connections in an
// app's folder, which may be somebody else's.
func (e Env) home() string {
	if filepath.IsAbs(e.Home) {
		return e.Home
	}
	return string(filepath.Separator)
}

// Folder returns the folder of the connection files: $SNOWFLAKE_HOME or ~/.snowflake if it exists, and otherwise the
// platform's configuration folder.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
func (e Env) Folder() string {
	home := e.get("SNOWFLAKE_HOME")
	if home == "" {
		home = "~/.snowflake"
	}
	if rest, ok := strings.CutPrefix(home, "~"); ok {
		home = filepath.Join(e.home(), rest)
	}
	if info, err := os.Stat(home); err == nil && info.IsDir() {
		return home
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(e.home(), "Library", "Application Support", "snowflake")
	case "windows":
		return filepath.Join(xdg.ConfigHome, "snowflake")
	}
	if config := e.get("XDG_CONFIG_HOME"); filepath.IsAbs(config) {
		return filepath.Join(config, "snowflake")
	}
	return filepath.Join(e.home(), ".config", "snowflake")
}

// Profiles are the connections of a machine.
type Profiles struct {
	// List is in the order of the file, followed by connections that only the environment defines.
	List []Profile
	// Problems are those of the files as a whole.
	Problems []Problem
	// Folder is the folder of the files, which may not exist.
	Folder string
	// Chosen is the default connection that the environment or a file names.
	Chosen string
	// misplaced are default connection names that have no effect.
	misplaced []misplaced
}

// source is a file of connections, or a variable with one as its value.
type source struct {
	path  string
	data  []byte
	mode  fs.FileMode
	under bool // whether connections are under [connections]
}

// Read reads the connection files and the environment. Errors become Problems, so that the remaining connections are
// still read.
func Read(env Env) Profiles {
	all := Profiles{Folder: env.Folder()}
	config := all.open(filepath.Join(all.Folder, "config.toml"), true)
	connections := all.open(filepath.Join(all.Folder, "connections.toml"), false)
	if name, ok := all.tables(config)[defaultKey].(string); ok {
		all.Chosen = name
	}
	if name := env.get(defaultVariable); name != "" {
		all.Chosen = name
	}
	all.misplacedIn(config, all.tables(config))
	all.misplacedIn(connections, all.tables(connections))
	all.misnamedVariables(env)
	from := config
	if connections != nil {
		from = connections
	}
	if text := env.get("SNOWFLAKE_CONNECTIONS"); text != "" {
		from = &source{path: "SNOWFLAKE_CONNECTIONS", data: []byte(text)}
	}
	all.read(from)
	all.environment(env)
	all.finish()
	return all
}

// open reads a file, and returns nil if there is none.
func (all *Profiles) open(path string, under bool) *source {
	data, err := safely.ReadFile(path, safely.MaxTextSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	s := &source{path: path, data: bytes.TrimPrefix(data, []byte("\ufeff")), under: under}
	if err != nil {
		all.Problems = append(all.Problems, Problem{
			Message: message.New("failure.profile.unread", "path", path, "why", errors.Unwrap(err)), Fix: message.New("failure.profile.unread_fix"), Fatal: true,
		})
		return nil
	}
	if info, err := os.Stat(path); err == nil {
		s.mode = info.Mode().Perm()
	}
	return s
}

// tables parses a file. It returns nil if the file is not valid TOML, and adds a problem once.
func (all *Profiles) tables(s *source) map[string]any {
	if s == nil {
		return nil
	}
	var tables map[string]any
	err := safely.CheckTOML(s.data)
	if err == nil {
		err = toml.Unmarshal(s.data, &tables)
	}
	if err == nil {
		return tables
	}
	line := 1
	var deep *safely.LimitError
	var syntax *toml.DecodeError
	if errors.As(err, &syntax) {
		line, _ = syntax.Position()
	}
	problem := Problem{
		Message: message.New("failure.profile.not_toml", "path", s.path, "line", line),
		Fix:     message.New("failure.profile.not_toml_fix"), Fatal: true,
	}
	if errors.As(err, &deep) {
		problem.Message = message.New("failure.profile.too_deep", "path", s.path, "line", deep.Line, "why", deep.Limit)
	}
	if !slices.ContainsFunc(all.Problems, func(p Problem) bool { return p.Message.String() == problem.Message.String() }) {
		all.Problems = append(all.Problems, problem)
	}
	return nil
}

// read adds the connections of a file.
func (all *Profiles) read(s *source) {
	tables := all.tables(s)
	if tables == nil {
		return
	}
	lines := linesOf(s.data)
	prefix := ""
	if s.under {
		prefix = "connections."
		tables, _ = tables["connections"].(map[string]any)
	}
	for name, value := range tables {
		table, ok := value.(map[string]any)
		at := prefix + name
		if !ok {
			if !meansDefault(name) {
				all.Problems = append(all.Problems, Problem{
					Message: message.New("failure.profile.no_table", "path", s.path, "line", lines[at], "key", name),
					Fix:     message.New("failure.profile.no_table_fix"),
				})
			}
			continue
		}
		p := Profile{Name: name, File: s.path, Line: max(lines[at], 1)}
		p.permissions(s)
		if !s.under && name == "connections" && nested(table) {
			all.Problems = append(all.Problems, Problem{
				Message: message.New("failure.profile.heading", "path", s.path, "line", max(lines[at], 1)),
				Fix:     message.New("failure.profile.heading_fix"),
			})
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(table)) {
			p.readKey(key, table[key], fmt.Sprintf("%s:%d", s.path, max(lines[at+"."+key], p.Line)))
		}
		all.List = append(all.List, p)
	}
	slices.SortFunc(all.List, func(a, b Profile) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
	})
}

// nested reports whether a table contains only tables.
func nested(table map[string]any) bool {
	for _, value := range table {
		if _, ok := value.(map[string]any); !ok {
			return false
		}
	}
	return len(table) > 0
}

// readKey sets a field of the profile from a key of a file.
func (p *Profile) readKey(key string, value any, where string) {
	problem := func(fatal bool, what, fix message.Message) {
		p.Problems = append(p.Problems, Problem{Message: message.New("failure.profile.at", "where", where, "what", what), Fix: fix, Fatal: fatal})
	}
	f, known := fieldOf(key)
	if !known {
		if !slices.Contains(unused, strings.ToLower(key)) && !meansDefault(key) {
			fix := message.New("failure.profile.key_fix")
			if near := nearest(strings.ToLower(key)); near != "" {
				fix = message.New("failure.profile.key_near", "key", near)
			}
			problem(false, message.New("failure.profile.key", "key", safely.Visible(key)), fix)
		}
		return
	}
	name := f.names[0]
	text, ok := textOf(name, value)
	if !ok {
		p.given = append(p.given, name)
		problem(true, message.New("failure.profile.list", "key", name), message.New("failure.profile.list_fix"))
		return
	}
	if text == "" {
		return
	}
	if slices.Contains(p.given, name) {
		problem(false, message.New("failure.profile.twice", "key", name), message.New("failure.profile.twice_fix", "names", strings.Join(f.names, ", ")))
		if strings.ToLower(key) != name {
			return
		}
	}
	p.given = append(p.given, name)
	if expected := f.set(p, text); !expected.IsZero() {
		problem(true, message.New("failure.profile.expected", "key", f.names[0], "expected", expected), message.New("failure.profile.expected_fix", "expected", expected))
	}
}

// textOf returns a value as text: numbers and booleans need no quotes, and one key takes a list.
func textOf(key string, value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case bool, int64, float64:
		return fmt.Sprint(v), true
	case []any:
		texts := make([]string, 0, len(v))
		for _, one := range v {
			text, ok := one.(string)
			if !ok {
				return "", false
			}
			texts = append(texts, text)
		}
		return strings.Join(texts, ","), key == workloadPath
	}
	return "", false
}

// linesOf returns the line of each table and key, by dotted path.
func linesOf(data []byte) map[string]int {
	lines := map[string]int{}
	var parser unstable.Parser
	parser.Reset(data)
	base := ""
	for parser.NextExpression() {
		e := parser.Expression()
		path, at := "", 0
		for it := e.Key(); it.Next(); {
			if path != "" {
				path += "."
			}
			path += string(it.Node().Data)
			if at == 0 {
				at = int(it.Node().Raw.Offset)
			}
		}
		if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
			base = path
		} else if e.Kind == unstable.KeyValue && base != "" {
			path = base + "." + path
		}
		if _, ok := lines[path]; !ok && e.Kind != unstable.Comment {
			lines[path] = 1 + bytes.Count(data[:at], []byte{'\n'})
		}
	}
	return lines
}

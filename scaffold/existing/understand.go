package existing

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/snowflake/safely"
	"sleet/snowflake/sqltext"
	"sleet/ui/message"
)

// understand parses files other than Python, so that a broken file is reported once, with its position.
func (r *reading) understand() {
	for _, p := range r.paths {
		data, read := r.files[p]
		if !read {
			continue
		}
		switch {
		case strings.EqualFold(path.Ext(p), ".sql"):
			if mark, line := sqltext.Unclosed(data); mark != "" && bytes.Contains(bytes.ToUpper(data), []byte("STREAMLIT")) {
				r.skip(p, line, message.New("finding.skipped.sql", "mark", mark))
			}
		case readsTOML(p):
			r.understandTOML(p, data)
		case readsYAML(p):
			r.understandYAML(p, data)
		}
	}
}

// readsTOML reports whether a TOML file matters to an app.
func readsTOML(p string) bool {
	switch path.Base(p) {
	case scaffold.PyprojectFile, scaffold.AnswersFile:
		return true
	}
	return strings.HasSuffix(p, ".toml") && path.Base(path.Dir(p)) == scaffold.StreamlitDir
}

func (r *reading) understandTOML(p string, data []byte) {
	if r.tooDeep(p, safely.CheckTOML(data)) {
		return
	}
	var doc map[string]any
	err := toml.Unmarshal(data, &doc)
	if err == nil {
		return
	}
	var broken *toml.DecodeError
	if errors.As(err, &broken) {
		line, _ := broken.Position()
		// A number that the library quotes may be part of a secret.
		reason, _, _ := strings.Cut(strings.TrimPrefix(broken.Error(), "toml: "), ": strconv.")
		r.skip(p, line, message.New("finding.skipped.toml", "why", reason))
		return
	}
	r.skip(p, 0, message.New("finding.skipped.toml", "why", strings.TrimPrefix(err.Error(), "toml: ")))
}

// readsYAML reports whether a YAML file matters to an app.
func readsYAML(p string) bool {
	switch path.Base(p) {
	case scaffold.CondaFile, "environment.yaml", scaffold.ProjectYML, "snowflake.yaml":
		return true
	}
	return false
}

func (r *reading) understandYAML(p string, data []byte) {
	defer func() {
		if recover() != nil { // the library panics on some texts
			r.skip(p, 0, message.New("finding.skipped.yaml_unread"))
		}
	}()
	if r.tooDeep(p, safely.CheckYAML(data)) {
		return
	}
	_, err := parser.ParseBytes(data, 0)
	if err == nil {
		return
	}
	var broken yaml.Error
	line := 0
	if errors.As(err, &broken) && broken.GetToken() != nil && broken.GetToken().Position != nil {
		line = broken.GetToken().Position.Line
		r.skip(p, line, message.New("finding.skipped.yaml", "why", broken.GetMessage()))
		return
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	r.skip(p, line, message.New("finding.skipped.yaml", "why", first))
}

// tooDeep rejects a file that is nested more deeply, or has more keys, than any meaningful one.
func (r *reading) tooDeep(p string, err error) bool {
	var deep *safely.LimitError
	if !errors.As(err, &deep) {
		return false
	}
	r.broken[p] = true
	if r.refused == nil {
		place := fmt.Sprintf("%s:%d:%d", p, deep.Line, deep.Column)
		r.refused = message.Fail(err, message.New("finding.skipped.deep", "place", place, "why", deep.Limit))
	}
	return true
}

// byteOrderMark may be at the start of a file. It is not a character of the first line.
const byteOrderMark = "\ufeff"

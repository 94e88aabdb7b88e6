package engine

import (
	"crypto/aes"
	"crypto/md5" //nolint:gosec // LIST shows an md5.
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// location is a parsed location of files: a stage or a version of an app, and a path in it.
type location struct {
	kind    string // kindStage or kindStreamlit
	name    grammar.Name
	version string
	path    string
}

// readLocation parses @stage/path and snow://streamlit/name/versions/version/path.
func readLocation(text string) (location, *grammar.Error) {
	bad := grammar.InvalidValue(text, "LOCATION")
	if rest, ok := strings.CutPrefix(text, "snow://"); ok {
		domain, rest, found := strings.Cut(rest, "/")
		if !found || !strings.EqualFold(domain, "streamlit") {
			return location{}, bad
		}
		n, rest, ok := nameBefore(rest)
		rest, isVersion := strings.CutPrefix(rest, "/versions/")
		if !ok || !isVersion {
			return location{}, bad
		}
		version, rest, _ := strings.Cut(rest, "/")
		return location{kind: grammar.KindStreamlit, name: n, version: version, path: rest}, nil
	}
	rest, ok := strings.CutPrefix(text, "@")
	if !ok {
		return location{}, bad
	}
	n, rest, ok := nameBefore(rest)
	if !ok || rest != "" && rest[0] != '/' {
		return location{}, bad
	}
	return location{kind: grammar.KindStage, name: n, path: strings.TrimLeft(rest, "/")}, nil
}

// nameBefore parses a name that ends at a slash.
func nameBefore(text string) (grammar.Name, string, bool) {
	n := 0
	for quoted := false; n < len(text) && (quoted || text[n] != '/'); n++ {
		if text[n] == '"' {
			quoted = !quoted
		}
	}
	tokens, err := grammar.Lex(text[:n])
	if err != nil {
		return nil, "", false
	}
	var parts grammar.Name
	for i, t := range tokens[:len(tokens)-1] {
		switch {
		case i%2 == 1 && t.Text == "." && t.Kind == grammar.TokenSymbol:
		case i%2 == 0 && t.Kind == grammar.TokenWord:
			parts = append(parts, strings.ToUpper(t.Text))
		case i%2 == 0 && t.Kind == grammar.TokenQuoted:
			parts = append(parts, t.Text)
		default:
			return nil, "", false
		}
	}
	return parts, text[n:], len(parts) > 0 && len(parts) <= 3 && len(tokens)%2 == 0
}

// stageAt returns the stage of a location and checks a privilege on it.
func (s *Session) stageAt(text string, privilege string) (*object, string, *grammar.Error) {
	l, err := readLocation(text)
	if err != nil {
		return nil, "", err
	}
	if l.kind != grammar.KindStage {
		return nil, "", grammar.InvalidValue(text, "LOCATION")
	}
	stage, err := s.refer(grammar.KindStage, l.name, "STAGE", privilege)
	return stage, strings.Trim(l.path, "/"), err
}

// filesAt returns the files of a location and checks a privilege on them. Only the owner can read and write a version
// of an app, and only the live version can be written.
func (s *Session) filesAt(text, privilege string) (*StageFiles, string, *grammar.Error) {
	l, err := readLocation(text)
	if err != nil {
		return nil, "", err
	}
	if l.kind == grammar.KindStage {
		stage, err := s.refer(grammar.KindStage, l.name, "STAGE", privilege)
		if err != nil {
			return nil, "", err
		}
		return stage.files, strings.TrimLeft(l.path, "/"), nil
	}
	app, err := s.find(grammar.KindStreamlit, l.name, "LIST")
	if err != nil {
		return nil, "", err
	}
	if err := s.mustOwn(app); err != nil {
		return nil, "", err
	}
	if strings.EqualFold(l.version, "live") {
		if app.live == nil {
			return nil, "", grammar.NoLiveVersion()
		}
		return app.live, l.path, nil
	}
	if privilege == "WRITE" {
		return nil, "", grammar.Denied("streamlit version", l.version)
	}
	for i, v := range app.versions {
		if strings.EqualFold(v.name, l.version) || i == len(app.versions)-1 && strings.EqualFold(l.version, "last") || i == 0 && strings.EqualFold(l.version, "first") {
			return v.files, l.path, nil
		}
	}
	return nil, "", grammar.Absent("Version", l.version)
}

// list reads LIST.
// https://docs.snowflake.com/en/sql-reference/sql/list
func (p *parser) list() statement {
	where, pattern := p.Place(), p.pattern()
	return statement{kind: kindSelect, run: func(s *Session) (*Result, *grammar.Error) {
		files, prefix, err := s.filesAt(where, "READ")
		if err != nil {
			return nil, err
		}
		l, _ := readLocation(where)
		r := &Result{Columns: []column{{"name", "text", true}, {"size", "fixed", true}, {"md5", "text", true}, {"last_modified", "text", true}}}
		for _, file := range matching(files, prefix, pattern) {
			f, _ := files.Read(file)
			r.Rows = append(r.Rows, []any{s.listed(l, file), s.sizeShown(f), s.sumShown(l, f), f.modified.UTC().Format(time.RFC1123)})
		}
		return r, nil
	}}
}

// listed returns a file's name as LIST shows it: after the stage's name in lower case.
func (s *Session) listed(l location, file string) string {
	if l.kind == grammar.KindStreamlit {
		return "/versions/" + strings.ToLower(l.version) + "/" + file
	}
	return strings.ToLower(l.name[len(l.name)-1]) + "/" + file
}

// sizeShown returns a file's size as LIST shows it: in whole blocks if the file is encrypted.
func (s *Session) sizeShown(f StageFile) int64 {
	size := int64(len(f.Data))
	if s.e.is(ListPadded) {
		size = (size + aes.BlockSize - 1) / aes.BlockSize * aes.BlockSize
	}
	return size
}

// sumShown returns a file's md5 as LIST shows it. With the default encryption it is not the md5 of the file.
func (s *Session) sumShown(l location, f StageFile) string {
	if s.e.is(ListPadded) {
		// An md5 over parts of the stored data, which each upload encrypts with a new key.
		sum := md5.Sum(append([]byte(strconv.Itoa(f.serial)), f.Data...)) //nolint:gosec // As in the import.
		return hex.EncodeToString(sum[:]) + "-2"
	}
	full, err := s.complete(grammar.KindStage, l.name, "LIST")
	if err != nil {
		return f.sum()
	}
	stage := s.e.get(grammar.KindStage, full...)
	if l.kind != grammar.KindStage || stage == nil || strings.Contains(stage.props["ENCRYPTION"].text, "SNOWFLAKE_SSE") {
		return f.sum()
	}
	sum := md5.Sum(append([]byte("encrypted"), f.Data...)) //nolint:gosec // As in the import.
	return hex.EncodeToString(sum[:])
}

// pattern reads PATTERN = '…'.
func (p *parser) pattern() *regexp.Regexp {
	if !p.Word("PATTERN") {
		return nil
	}
	p.NeedSymbol("=")
	t := p.Peek()
	re, err := regexp.Compile("^(?:" + p.Text() + ")$")
	if err != nil {
		panic(grammar.InvalidValue(t.Text, "PATTERN"))
	}
	return re
}

// matching returns the files whose path has a text prefix and matches a pattern.
func matching(files *StageFiles, prefix string, pattern *regexp.Regexp) []string {
	var list []string
	for _, file := range files.Under(prefix) {
		if pattern == nil || pattern.MatchString(file) {
			list = append(list, file)
		}
	}
	return list
}

// remove reads REMOVE.
// https://docs.snowflake.com/en/sql-reference/sql/remove
func (p *parser) remove() statement {
	where, pattern := p.Place(), p.pattern()
	return statement{kind: kindFiles, run: func(s *Session) (*Result, *grammar.Error) {
		files, prefix, err := s.filesAt(where, "WRITE")
		if err != nil {
			return nil, err
		}
		l, _ := readLocation(where)
		r := &Result{Columns: []column{{"name", "text", true}, {"result", "text", true}}}
		for _, file := range matching(files, prefix, pattern) {
			files.remove(file)
			r.Rows = append(r.Rows, []any{s.listed(l, file), "removed"})
		}
		return r, nil
	}}
}

// put reads PUT.
// https://docs.snowflake.com/en/sql-reference/sql/put
func (p *parser) put() statement {
	request := &putRequest{Put: true, AutoCompress: true, Parallel: 4, SourceCompression: "AUTO_DETECT"}
	request.Local = p.localFile()
	request.location = p.Place()
	p.transferOptions(request)
	return transfer(request, "WRITE")
}

// get reads GET.
// https://docs.snowflake.com/en/sql-reference/sql/get
func (p *parser) get() statement {
	request := &putRequest{Parallel: 10}
	request.location = p.Place()
	request.Local = p.localFile()
	p.transferOptions(request)
	return transfer(request, "READ")
}

// localFile reads file://….
func (p *parser) localFile() string {
	local, ok := strings.CutPrefix(p.Place(), "file://")
	if !ok {
		p.Skip(-1)
		p.Fail()
	}
	return local
}

func (p *parser) transferOptions(request *putRequest) {
	known := grammar.Properties{"PARALLEL": grammar.NumberProperty(), "PATTERN": grammar.TextProperty()}
	if request.Put {
		known = grammar.Properties{"PARALLEL": grammar.NumberProperty(), "AUTO_COMPRESS": grammar.BooleanProperty(), "OVERWRITE": grammar.BooleanProperty(), "SOURCE_COMPRESSION": grammar.AnyProperty()}
	}
	for word, g := range p.ReadProperties("PUT", known, false) {
		switch word {
		case "PARALLEL":
			request.Parallel, _ = strconv.ParseInt(g.Text, 10, 64)
		case "AUTO_COMPRESS":
			request.AutoCompress = g.Text == "true"
		case "OVERWRITE":
			request.Overwrite = g.Text == "true"
		case "SOURCE_COMPRESSION":
			request.SourceCompression = strings.ToUpper(g.Text)
		case "PATTERN":
			request.pattern = g.Text
		}
	}
}

func transfer(request *putRequest, privilege string) statement {
	return statement{kind: kindFiles, run: func(s *Session) (*Result, *grammar.Error) {
		files, folder, err := s.filesAt(request.location, privilege)
		if err != nil {
			return nil, err
		}
		r := *request
		r.Files, r.Folder = files, strings.Trim(path.Clean("/"+folder), "/")
		return &Result{Put: &r}, nil
	}}
}

// copyFiles reads COPY FILES INTO.
// https://docs.snowflake.com/en/sql-reference/sql/copy-files
func (p *parser) copyFiles() statement {
	p.Need("FILES", "INTO")
	to := p.Place()
	p.Need("FROM")
	from := p.Place()
	pattern := p.pattern()
	return statement{kind: kindFiles, run: func(s *Session) (*Result, *grammar.Error) {
		source, prefix, err := s.filesAt(from, "READ")
		if err != nil {
			return nil, err
		}
		target, folder, err := s.filesAt(to, "WRITE")
		if err != nil {
			return nil, err
		}
		r := &Result{Columns: []column{{"file", "text", true}}}
		for _, file := range matching(source, prefix, pattern) {
			f, _ := source.Read(file)
			copied := path.Join(folder, strings.TrimPrefix(strings.TrimPrefix(file, strings.TrimSuffix(prefix, "/")), "/"))
			target.Write(copied, f.Data, s.e.tick())
			r.Rows = append(r.Rows, []any{copied})
		}
		return r, nil
	}}
}

// Files returns the files of a location and the path in them, as a role that must have a privilege on it.
func (e *Engine) Files(role, location, privilege string) (*StageFiles, string, error) {
	s := e.Session("SLEET", role, "APPS", "PUBLIC", "")
	e.mu.Lock()
	defer e.mu.Unlock()
	files, at, err := s.filesAt(location, privilege)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", location, err)
	}
	return files, at, nil
}

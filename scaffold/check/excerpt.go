package check

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/credential"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// Excerpt is the first line of a finding for display: without its line ending, and with ••• in
// place of possible credentials.
type Excerpt struct {
	Text string
	// From and To are the columns of the finding in Text, from 1 in characters. To is exclusive.
	From, To int
}

// Line returns the line of a finding. known is false if its file does not exist.
func Line(f *existing.Folder, found facts.Finding) (e Excerpt, known bool) {
	for _, app := range f.Apps {
		text, is := app.Text(found.Path)
		if !is {
			continue
		}
		ends := "\n"
		if app.Python[found.Path] != nil {
			ends = "\r\n" // Python ends a line at a lone CR as well
		}
		line := lineAround(text, found.Start, ends)
		to := utf8.RuneCountInString(line) + 1
		if found.EndLine == found.Line {
			to = min(to, found.EndColumn)
		}
		return masked(line, secretsIn(found.Path, line), found.Column, to), true
	}
	return Excerpt{}, false
}

// lineAround returns the line that contains an offset, as displayable text.
func lineAround(text []byte, offset int, ends string) string {
	offset = max(0, min(offset, len(text)))
	line := text[bytes.LastIndexAny(text[:offset], ends)+1:]
	rest := text[offset:]
	if i := bytes.IndexAny(rest, ends); i >= 0 {
		rest = rest[i:]
		line = line[:len(line)-len(rest)]
	}
	return strings.ToValidUTF8(strings.TrimRight(strings.TrimPrefix(string(line), facts.ByteOrderMark), "\r"), "\uFFFD")
}

// mask replaces a credential of any length.
const mask = "•••"

// hidden is a range of bytes in a line that is not shown.
type hidden struct{ start, end int }

// masked replaces ranges of a line, which are in order, with the mask and adjusts the columns.
func masked(line string, secrets []hidden, from, to int) Excerpt {
	var b strings.Builder
	at := 0
	e := Excerpt{From: from, To: to}
	for _, s := range secrets {
		start, end := column(line, s.start), column(line, s.end)
		b.WriteString(line[at:s.start] + mask)
		at = s.end
		e.From = moved(e.From, from, start, end)
		e.To = moved(e.To, to, start, end)
	}
	b.WriteString(line[at:])
	e.Text, e.To = b.String(), max(e.To, e.From+1)
	return e
}

// moved returns a column after masking the columns from start to end. shown is the column so far,
// was its value in the original line.
func moved(shown, was, start, end int) int {
	const width = 3 // of the mask, in characters
	switch {
	case was >= end:
		return shown + width - (end - start)
	case was > start:
		return shown - (was - start)
	default:
		return shown
	}
}

func column(line string, offset int) int { return 1 + utf8.RuneCountInString(line[:offset]) }

var (
	// valueOf matches the value of a TOML key.
	valueOf = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(?:[^=\[\]#"']+|"[^"]*"|'[^']*')+=\s*(\S.*)$`) })
	// secretSQL matches the text after a property that holds a secret.
	secretSQL = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:SECRET_STRING|PASSWORD|OAUTH_[A-Z_]*TOKEN|[A-Z_]*_SECRET|[A-Z_]*_KEY)\s*=\s*('(?:[^'\\]|''|\\.)*'?)`)
	})
	// assigned matches a quoted text and the name that it is assigned to, if any.
	assigned = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:["']?(\w+)["']?\s*[=:]\s*)?("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)`)
	})
	bareText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\s"'<>@/:]{8,}`) })
)

// secretsIn returns the ranges of a line that look like credentials, in order. In secrets.toml
// every value counts.
func secretsIn(p, line string) []hidden {
	if path.Base(p) == "secrets.toml" {
		return secretValues(line)
	}
	var list []hidden
	for _, m := range secretSQL().FindAllStringSubmatchIndex(line, -1) {
		list = append(list, hidden{m[2], m[3]})
	}
	for _, m := range assigned().FindAllStringSubmatchIndex(line, -1) {
		var names []string
		if m[2] >= 0 {
			names = []string{line[m[2]:m[3]]}
		}
		if inner := strings.Trim(line[m[4]:m[5]], `"'`); inner != "" && !credential.InValue(names, inner).IsZero() {
			list = append(list, hidden{m[4], m[5]})
		}
	}
	for _, user := range message.URLCredentials(line) {
		list = append(list, hidden{user[0], user[1]})
	}
	for _, m := range bareText().FindAllStringIndex(line, -1) {
		if !credential.InValue(nil, line[m[0]:m[1]]).IsZero() {
			list = append(list, hidden{m[0], m[1]})
		}
	}
	return joined(list)
}

// secretValues returns the range of the value in a line of secrets.toml, or the whole line if it
// continues a value.
func secretValues(line string) []hidden {
	if m := valueOf().FindStringSubmatchIndex(line); m != nil {
		return []hidden{{m[2], m[3]}}
	}
	trimmed := strings.TrimSpace(line)
	if trimmed == "" || strings.HasPrefix(trimmed, "[") && strings.HasSuffix(trimmed, "]") {
		return nil
	}
	return []hidden{{0, len(line)}}
}

// joined sorts ranges and merges those that overlap.
func joined(list []hidden) []hidden {
	slices.SortFunc(list, func(a, b hidden) int { return a.start - b.start })
	var out []hidden
	for _, s := range list {
		if n := len(out); n > 0 && s.start <= out[n-1].end {
			out[n-1].end = max(out[n-1].end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}

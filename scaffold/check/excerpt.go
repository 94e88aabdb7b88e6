package check

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"sync"

	"sleet/scaffold"
)

// Line gives the line that a finding begins in, to be shown: without its line end, and with ••• for
// what looks like a credential. known is false where the file is not there.
func (f *Folder) Line(found Finding) (line string, known bool) {
	for _, app := range f.Apps {
		text, is := app.text(found.Path)
		if !is {
			continue
		}
		number := 0
		for l := range bytes.Lines(text) {
			if number++; number == found.Line {
				return hide(found.Path, strings.ToValidUTF8(strings.TrimRight(string(l), "\r\n"), "\uFFFD")), true
			}
		}
		return "", false
	}
	return "", false
}

// text is the content of a file as the places of findings count it.
func (a *App) text(p string) ([]byte, bool) {
	if file := a.Python[p]; file != nil {
		return file.Text, true
	}
	if data, is := a.Files[p]; is {
		return data, true
	}
	data, is := a.projects[p]
	return data, is
}

const masked = "•••"

var (
	// valueOf matches the value of a key of TOML.
	valueOf = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\s*[^=\[\]#]+=\s*)\S.*$`) })
	// secretSQL matches the text behind a property that holds a secret.
	secretSQL = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b((?:SECRET_STRING|PASSWORD|OAUTH_[A-Z_]*TOKEN|[A-Z_]*_SECRET|[A-Z_]*_KEY)\s*=\s*)'(?:[^'\\]|''|\\.)*'?`)
	})
	quotedText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?`) })
	bareText   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\s"'<>@/:]{8,}`) })
)

// hide takes out of a line what looks like a credential. Of secrets.toml only the keys are left.
func hide(p, line string) string {
	if isSecretsFile(p) {
		if m := valueOf().FindStringSubmatch(line); m != nil {
			return m[1] + masked
		}
		if trimmed := strings.TrimSpace(line); !strings.HasPrefix(trimmed, "[") {
			return masked
		}
		return line
	}
	line = secretSQL().ReplaceAllString(line, "${1}'"+masked+"'")
	mask := func(text string) string {
		if scaffold.Credential(nil, text) != "" {
			return masked
		}
		return text
	}
	line = quotedText().ReplaceAllStringFunc(line, func(text string) string {
		inner := strings.Trim(text, `"'`)
		if inner != "" && scaffold.Credential(keyBefore(line, text), inner) != "" {
			return text[:1] + masked + text[:1]
		}
		return text
	})
	return bareText().ReplaceAllStringFunc(line, mask)
}

// keyBefore is the name that a quoted text is the value of, nothing where none stands before it.
func keyBefore(line, text string) []string {
	before := strings.TrimRight(line[:strings.Index(line, text)], " \t")
	cut := strings.TrimRight(before, "=:")
	if cut == before {
		return nil
	}
	words := strings.FieldsFunc(cut, func(r rune) bool { return strings.ContainsRune(" \t\"'({,[", r) })
	if len(words) == 0 {
		return nil
	}
	return words[len(words)-1:]
}

// isSecretsFile says whether a file is one of Streamlit's secrets.
func isSecretsFile(p string) bool { return path.Base(p) == "secrets.toml" }

package python

import "testing"

// source is a file with its tree and its scopes, as the grammar has them.
type source struct {
	*tokenFile
	Body   []Stmt
	scopes *Scopes
}

func parseSource(text string) (*source, error) {
	file, refused := read([]byte(text))
	if file == nil {
		return nil, refused
	}
	body, refused := parseTokens(file, refused)
	if refused != nil {
		return nil, refused
	}
	return &source{tokenFile: file, Body: body, scopes: analyze(body)}, nil
}

// mustParse parses a module that is right.
func mustParse(t testing.TB, text string) *source {
	t.Helper()
	file, err := parseSource(text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return file
}

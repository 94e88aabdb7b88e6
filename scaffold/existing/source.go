package existing

import (
	"crypto/sha256"
	"strings"
	"sync"

	"sleet/scaffold/python"
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/token"
)

// source is one Python file of a folder: its content while it is kept, and the analysis that files with the same
// content share.
type source struct {
	*analysis

	path string
	// data is the content, nil if it is not kept. read returns it again.
	data []byte
	read func() []byte
	// mentions are the words in the content that make a file interesting.
	mentions mention
}

// analysis is what is known about a Python text, computed once on first use. The tree is many times the size of the
// text, so the tree of an unimportant file is dropped; the fields below stay.
type analysis struct {
	cache *cache
	mu    sync.Mutex
	file  *python.File
	known bool // parsed once: the fields below are set
	// refused is the syntax error, if there is one.
	refused *token.Error
	imports []string // the full dotted names that it imports
	guessed bool     // imports may have more, because the text is not parsed
	uses    bool     // it imports and uses Streamlit
	acts    bool     // it does something when it runs
}

// cache holds the analyses of a folder and of folders derived from it, by content.
type cache struct {
	mu  sync.Mutex
	all map[[sha256.Size]byte]*analysis
}

func newCache() *cache { return &cache{all: map[[sha256.Size]byte]*analysis{}} }

// of returns the analysis of a content.
func (c *cache) of(data []byte) *analysis {
	key := sha256.Sum256(data)
	c.mu.Lock()
	defer c.mu.Unlock()
	a := c.all[key]
	if a == nil {
		a = &analysis{cache: c}
		c.all[key] = a
	}
	return a
}

// content returns the content of the file.
func (s *source) content() []byte {
	if data := s.kept(); data != nil || s.read == nil {
		return data
	}
	return s.read()
}

// kept returns the content if it is kept, otherwise nil.
func (s *source) kept() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.data
}

// keep keeps the content in memory.
func (s *source) keep() {
	data := s.content()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = data
}

// error returns the syntax error of a text that was parsed.
func (s *source) error() *token.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused
}

// guess records the possible imports of a text that is not parsed.
func (s *source) guess(data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known && !s.guessed {
		s.imports, s.guessed = guessImports(data), true
	}
}

// unguessed reports whether the imports of a text are unknown: it was neither parsed nor guessed.
func (s *source) unguessed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.known && !s.guessed
}

// isParsed reports whether the text was parsed. Its tree may have been dropped since.
func (s *source) isParsed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known
}

// held returns the tree if it is in memory.
func (s *source) held() *python.File {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.file
}

// parsed returns the tree, nil for a text with a syntax error.
func (s *source) parsed() *python.File {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil && s.refused == nil {
		s.parse()
	}
	return s.file
}

// accepted reports whether the text is valid Python. keep keeps the tree in memory.
func (s *source) accepted(keep bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known {
		s.parse()
		if !keep {
			s.file = nil
		}
	}
	return s.refused == nil
}

// parse parses the text and records the facts to keep.
func (s *source) parse() {
	countParse()
	data := s.data
	if data == nil {
		data = s.read()
	}
	s.file, s.refused = parsePython(data)
	if s.known || s.file == nil {
		s.known = true
		return
	}
	s.known, s.imports = true, nil
	eachStatement(s.file.Body, func(statement ast.Stmt) {
		for _, name := range ImportedNames(statement) {
			s.imports = append(s.imports, strings.Clone(name)) // a substring would keep the whole text in memory
		}
	})
	s.acts = acts(s.file)
	s.uses = s.mentions&mentionsStreamlit != 0 && usesStreamlit(s.file)
}

// eachStatement calls f for all statements, outer ones first.
func eachStatement(body []ast.Stmt, f func(ast.Stmt)) {
	for _, statement := range body {
		f(statement)
		switch s := statement.(type) {
		case *ast.FunctionDef:
			eachStatement(s.Body, f)
		case *ast.ClassDef:
			eachStatement(s.Body, f)
		case *ast.For:
			eachStatement(s.Body, f)
			eachStatement(s.Else, f)
		case *ast.While:
			eachStatement(s.Body, f)
			eachStatement(s.Else, f)
		case *ast.If:
			eachStatement(s.Body, f)
			eachStatement(s.Else, f)
		case *ast.With:
			eachStatement(s.Body, f)
		case *ast.Match:
			for _, c := range s.Cases {
				eachStatement(c.Body, f)
			}
		case *ast.Try:
			eachStatement(s.Body, f)
			for _, h := range s.Handlers {
				eachStatement(h.Body, f)
			}
			eachStatement(s.Else, f)
			eachStatement(s.Finally, f)
		}
	}
}

package syntax

import (
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

// The languages are defined here, for chroma's engine. Chroma's own collection reads hundreds of definitions when a
// program starts, which takes longer than the rest of sleet's start.

// lexer returns the lexer for a file name, or nil if its language is unknown.
func lexer(name string) chroma.Lexer {
	switch strings.ToLower(path.Ext(name)) {
	case ".py":
		return pythonLexer()
	case ".sql":
		return sqlLexer()
	case ".toml", ".lock":
		return tomlLexer()
	case ".yml", ".yaml":
		return yamlLexer()
	case ".json":
		return jsonLexer()
	case ".gitignore", ".sh":
		return commentLexer()
	default:
		return nil
	}
}

// Patterns that several languages share.
const (
	hashComment  = `#[^\n]*`
	doubleString = `"(?:\\.|[^"\\\n])*"?`
	singleString = `'(?:\\.|[^'\\\n])*'?`
	number       = `[+-]?\b\d[\d_]*(?:\.[\d_]+)?(?:[eE][+-]?\d+)?\b`
	word         = `[^\W\d]\w*`
)

// language returns a lexer with one state: its rules, then any other character. It is built when it is first used.
func language(name string, ignoreCase bool, rules func() []chroma.Rule) func() chroma.Lexer {
	return sync.OnceValue(func() chroma.Lexer {
		all := append(rules(),
			chroma.Rule{Pattern: `\s+`, Type: chroma.Text}, chroma.Rule{Pattern: `.`, Type: chroma.Punctuation})
		config := &chroma.Config{Name: name, CaseInsensitive: ignoreCase, EnsureNL: false}
		return chroma.MustNewLexer(config, func() chroma.Rules { return chroma.Rules{"root": all} })
	})
}

// triple returns a pattern for a triple-quoted Python string; without a closing quote it extends to the end of the text.
func triple(quote string) string {
	return `[rRbBuUfF]{0,2}` + quote + `(?:\\[\s\S]|[^\\])*?(?:` + quote + `|\z)`
}

// https://docs.python.org/3/reference/lexical_analysis.html
var pythonLexer = language("Python", false, func() []chroma.Rule {
	return []chroma.Rule{
		{Pattern: hashComment, Type: chroma.Comment},
		{Pattern: triple(`"""`), Type: chroma.LiteralString},
		{Pattern: triple(`'''`), Type: chroma.LiteralString},
		{Pattern: `[rRbBuUfF]{0,2}` + doubleString, Type: chroma.LiteralString},
		{Pattern: `[rRbBuUfF]{0,2}` + singleString, Type: chroma.LiteralString},
		{Pattern: `^([ \t]*)(@[\w.]+)`, Type: chroma.ByGroups(chroma.Text, chroma.NameDecorator)},
		{Pattern: `\b(def)(\s+)(\w+)`, Type: chroma.ByGroups(chroma.Keyword, chroma.Text, chroma.NameFunction)},
		{Pattern: `\b(class)(\s+)(\w+)`, Type: chroma.ByGroups(chroma.Keyword, chroma.Text, chroma.NameClass)},
		{Pattern: chroma.Words(`(?<!\.)\b`, `\b`, strings.Fields(pythonKeywords)...), Type: chroma.Keyword},
		{Pattern: chroma.Words(`(?<!\.)\b`, `\b`, strings.Fields(pythonBuiltins)...), Type: chroma.NameBuiltin},
		{Pattern: number, Type: chroma.LiteralNumber},
		{Pattern: word, Type: chroma.Name},
	}
})

const (
	pythonKeywords = `False None True and as assert async await break class continue def del elif else except finally
		for from global if import in is lambda nonlocal not or pass raise return try while with yield`
	pythonBuiltins = `abs all any bool bytes dict enumerate Exception filter float getattr hasattr int isinstance iter
		KeyError len list map max min next object open print range repr reversed RuntimeError set setattr sorted str sum
		super tuple type ValueError zip`
)

// https://docs.snowflake.com/en/sql-reference/literals-table and …/reserved-keywords
func sqlRules() []chroma.Rule {
	return []chroma.Rule{
		{Pattern: `--[^\n]*`, Type: chroma.Comment},
		{Pattern: `/\*[\s\S]*?(?:\*/|\z)`, Type: chroma.Comment},
		{Pattern: `'(?:\\[\s\S]|''|[^'\\])*'?`, Type: chroma.LiteralString},
		{Pattern: `"(?:""|[^"])*"?`, Type: chroma.Name},
		{Pattern: `<secret:[^>\s]*>`, Type: chroma.Literal},
		// A part of a qualified name is always a name: PUBLIC in APPS.PUBLIC.
		{Pattern: `(\.)([^\W\d][\w$]*)`, Type: chroma.ByGroups(chroma.Punctuation, chroma.Name)},
		{Pattern: chroma.Words(`\b`, `\b`, strings.Fields(sqlKeywords)...), Type: chroma.Keyword},
		{Pattern: number, Type: chroma.LiteralNumber},
		{Pattern: `[^\W\d][\w$]*`, Type: chroma.Name},
	}
}

var (
	sqlLexer = language("SQL", true, func() []chroma.Rule {
		return append([]chroma.Rule{{
			Pattern: `(\$\$)([\s\S]*?)(\$\$|\z)`, Type: chroma.ByGroups(chroma.Punctuation, sqlBody(), chroma.Punctuation),
		}}, sqlRules()...)
	})
	sqlBlockLexer = language("SQL block", true, sqlRules)
)

// sqlBody highlights the text between two $$: a handler in Python, or a block of SQL.
func sqlBody() chroma.Emitter {
	python := sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)^\s*(?:def \w+\(|import \w|from [\w.]+ import )`)
	})
	return chroma.EmitterFunc(func(groups []string, _ *chroma.LexerState) chroma.Iterator {
		body, lexer := groups[0], sqlBlockLexer
		if python().MatchString(body) {
			lexer = pythonLexer
		}
		tokens, err := lexer().Tokenise(nil, body)
		if err != nil {
			return chroma.Literator(chroma.Token{Type: chroma.LiteralString, Value: body})
		}
		return tokens
	})
}

// sqlKeywords are the keywords of statements that create, change and remove an app, and of its queries.
const sqlKeywords = `ABORT ACCESS ACCOUNT ADD AFTER ALL ALLOWED_API_AUTHENTICATION_INTEGRATIONS ALLOWED_AUTHENTICATION_SECRETS
	ALLOWED_NETWORK_RULES ALTER AND API_AUTHENTICATION APPLICATION ARTIFACT_REPOSITORIES AS AUTO_RESUME BEGIN BETWEEN BY CALL
	CALLER CASE CLOUD_PROVIDER_TOKEN COMMENT COMMIT COMPUTE COMPUTE_POOL COPY CREATE CURRENT DATABASE DEFAULT DELETE DESC
	DESCRIBE DISTINCT DROP EGRESS ELSE ENABLED ENCRYPTION END EXCEPTION EXECUTE EXISTS EXTERNAL EXTERNAL_ACCESS_INTEGRATIONS
	FALSE FOR FROM FUNCTION FUTURE GENERIC_STRING GRANT GRANTS GROUP HANDLER HAVING HOST_PORT IF IMMEDIATE IMPORTS IN INNER
	INSERT INTEGRATION INTO IS JOIN LANGUAGE LAST LEFT LET LIKE LIMIT LIST LIVE MAIN_FILE MODE MODIFY NETWORK NOT NULL
	OAUTH2 OAUTH_REFRESH_TOKEN OAUTH_REFRESH_TOKEN_EXPIRY_TIME OAUTH_SCOPES ON OPTION OR ORDER OUTER OWNERSHIP PASSWORD PATTERN
	POOL PRIVILEGES PUBLIC PUT PYTHON QUERY_WAREHOUSE RAISE READ RENAME REMOVE REPLACE REPOSITORY RETURN RETURNS REVOKE RIGHT
	ROLE ROOT_LOCATION RULE RUNTIME_NAME RUNTIME_VERSION SCHEMA SECRET SECRETS SECRET_STRING SECURE SELECT SERVICE SESSION SET
	SHOW SQLCODE STAGE STREAMLIT TABLE THEN TITLE TO TRUE TYPE UNION UNSET UPDATE USAGE USE USERNAME USING VALUES VALUE_LIST
	VERSION VIEW WAREHOUSE WHEN WHERE WITH`

// https://toml.io/en/v1.0.0
var tomlLexer = language("TOML", false, func() []chroma.Rule {
	return []chroma.Rule{
		{Pattern: hashComment, Type: chroma.Comment},
		{Pattern: `^[ \t]*\[\[?[^\]\n]+\]\]?`, Type: chroma.NameTag},
		{Pattern: `(?:[\w.-]+|"[^"\n]*"|'[^'\n]*')(?=[ \t]*=)`, Type: chroma.Name},
		{Pattern: `"""[\s\S]*?(?:"""|\z)|'''[\s\S]*?(?:'''|\z)`, Type: chroma.LiteralString},
		{Pattern: doubleString, Type: chroma.LiteralString},
		{Pattern: `'[^'\n]*'?`, Type: chroma.LiteralString},
		{Pattern: `\b(?:true|false|inf|nan)\b`, Type: chroma.KeywordConstant},
		{Pattern: `\b\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?`, Type: chroma.LiteralDate},
		{Pattern: number, Type: chroma.LiteralNumber},
		{Pattern: `[\w-]+`, Type: chroma.Name},
	}
})

// https://yaml.org/spec/1.2.2/
var yamlLexer = language("YAML", false, func() []chroma.Rule {
	return []chroma.Rule{
		{Pattern: `(?<!\S)` + hashComment, Type: chroma.Comment},
		{Pattern: `(?:[\w<][^\s:#,\[\]{}'"]*|"[^"\n]*"|'[^'\n]*')(?=:(?:\s|\z))`, Type: chroma.NameTag},
		{Pattern: doubleString, Type: chroma.LiteralString},
		{Pattern: `'(?:''|[^'\n])*'?`, Type: chroma.LiteralString},
		{Pattern: `(?<!\S)(?:true|false|null|yes|no|on|off)(?=\s|,|\]|\z)`, Type: chroma.KeywordConstant},
		{Pattern: `(?<!\S)` + number + `(?=\s|,|\]|\z)`, Type: chroma.LiteralNumber},
		{Pattern: `[^\s:,\[\]{}#'"]+`, Type: chroma.Text},
	}
})

// https://www.rfc-editor.org/rfc/rfc8259
var jsonLexer = language("JSON", false, func() []chroma.Rule {
	return []chroma.Rule{
		{Pattern: `"(?:\\.|[^"\\\n])*"(?=\s*:)`, Type: chroma.NameTag},
		{Pattern: doubleString, Type: chroma.LiteralString},
		{Pattern: `\b(?:true|false|null)\b`, Type: chroma.KeywordConstant},
		{Pattern: number, Type: chroma.LiteralNumber},
	}
})

// commentLexer is for files in which only comments are highlighted.
var commentLexer = language("Comments", false, func() []chroma.Rule {
	return []chroma.Rule{{Pattern: `^` + hashComment, Type: chroma.Comment}}
})

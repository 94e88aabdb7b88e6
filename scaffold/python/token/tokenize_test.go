package token

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// kindNames returns the names of the kinds in the order of their constants.
func kindNames() []string {
	return strings.Fields("ENDMARKER NAME NUMBER STRING OP COMMENT NL NEWLINE INDENT DEDENT " +
		"FSTRING_START FSTRING_MIDDLE FSTRING_END TSTRING_START TSTRING_MIDDLE TSTRING_END")
}

// scanned returns the tokens of a text on one line: KIND for a token without text, otherwise
// KIND:text.
func scanned(text string) string {
	tokens, err := tokenize([]byte(text))
	names := kindNames()
	words := make([]string, 0, len(tokens))
	for _, token := range tokens {
		word := names[token.Kind]
		if token.Start < token.End {
			word += ":" + text[token.Start:token.End]
		}
		words = append(words, word)
	}
	if err != nil {
		words = append(words, err.Error())
	}
	return strings.NewReplacer("\n", "↵", "\r", "␍", "\t", "→", "\f", "␌").Replace(strings.Join(words, " "))
}

func TestTokenize(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "ENDMARKER"},
		{"no last line end", "x", "NAME:x NEWLINE ENDMARKER"},
		{"comment without a line end", "# x", "COMMENT:# x NL ENDMARKER"},
		{"CRLF and lone CR", "x\r\ny\rz\n", "NAME:x NEWLINE:␍↵ NAME:y NEWLINE:␍ NAME:z NEWLINE:↵ ENDMARKER"},
		{"block", "if x:\n  y\n\n # c\nz", "NAME:if NAME:x OP:: NEWLINE:↵ INDENT:   NAME:y NEWLINE:↵ NL:↵ COMMENT:# c NL:↵ DEDENT NAME:z NEWLINE ENDMARKER"},
		{"form feed", "if x:\n  \f y\n", "NAME:if NAME:x OP:: NEWLINE:↵ INDENT:  ␌  NAME:y NEWLINE:↵ DEDENT ENDMARKER"},
		{"brackets join lines", "(\n  1,\n)", "OP:( NL:↵ NUMBER:1 OP:, NL:↵ OP:) NEWLINE ENDMARKER"},
		{"backslash joins lines", "x = \\\r\n 1", "NAME:x OP:= NUMBER:1 NEWLINE ENDMARKER"},
		{"operators", "a**=b//c<<=d->e:=f...!=g<>h", "NAME:a OP:**= NAME:b OP:// NAME:c OP:<<= NAME:d OP:-> NAME:e OP::= NAME:f OP:... OP:!= NAME:g OP:<> NAME:h NEWLINE ENDMARKER"},
		{"numbers", "0x_f 0b1 0o7 00_0 1_0.0e-1_0J .5 1. 1if x", "NUMBER:0x_f NUMBER:0b1 NUMBER:0o7 NUMBER:00_0 NUMBER:1_0.0e-1_0J NUMBER:.5 NUMBER:1. NUMBER:1 NAME:if NAME:x NEWLINE ENDMARKER"},
		{"strings", `'' Rb'\'' u"" bu"" '''a'b'''`, `STRING:'' STRING:Rb'\'' STRING:u"" NAME:bu STRING:"" STRING:'''a'b''' NEWLINE ENDMARKER`},
		{"f-string", `f"{{a}}{b!r:>{c}}"`, `FSTRING_START:f" FSTRING_MIDDLE:{ FSTRING_MIDDLE:a} OP:{ NAME:b OP:! NAME:r OP:: FSTRING_MIDDLE:> OP:{ NAME:c OP:} FSTRING_MIDDLE OP:} FSTRING_END:" NEWLINE ENDMARKER`},
		{"f-string with its own quotes", `f'{a['b']}'`, `FSTRING_START:f' OP:{ NAME:a OP:[ STRING:'b' OP:] OP:} FSTRING_END:' NEWLINE ENDMARKER`},
		{"t-string", `Tr'\N{a}'`, `TSTRING_START:Tr' TSTRING_MIDDLE:\N OP:{ NAME:a OP:} TSTRING_END:' NEWLINE ENDMARKER`},
		{"name in Unicode", "é℘·=１", "NAME:é℘· OP:= line 1, column 5: invalid character U+FF11"},
		{"string without an end", "x = b'a\\'\n", "NAME:x OP:= line 1, column 5: unterminated string literal"},
		{"long string without an end", "\nx = '''a\n\n", `NL:↵ NAME:x OP:= line 2, column 5: unterminated string literal`},
		{"f-string without an end", "f'{a}", `FSTRING_START:f' OP:{ NAME:a OP:} line 1, column 1: unterminated string literal`},
		{"lone bracket", "f'}'", `FSTRING_START:f' FSTRING_MIDDLE line 1, column 3: unmatched '}'`},
		{"never closed", "x = (1,\n", "NAME:x OP:= OP:( NUMBER:1 OP:, NL:↵ ENDMARKER line 1, column 5: '(' was never closed"},
		{"unmatched", "x)", "NAME:x line 1, column 2: unmatched ')'"},
		{"mismatched", "(\n]", "OP:( NL:↵ line 2, column 1: ']' does not close '('"},
		{"outer level", "if x:\n  y\n z\n", "NAME:if NAME:x OP:: NEWLINE:↵ INDENT:   NAME:y NEWLINE:↵ DEDENT line 3, column 2: unindent does not match any outer indentation level"},
		{"tabs and spaces", "if x:\n        y\n\tz\n", "NAME:if NAME:x OP:: NEWLINE:↵ INDENT:         NAME:y NEWLINE:↵ line 3, column 1: inconsistent use of tabs and spaces in indentation"},
		{"leading zeros", "x = 0777", "NAME:x OP:= line 1, column 5: leading zeros are not allowed in decimal numbers; octal numbers begin with 0o"},
		{"bad digits", "0o8", "line 1, column 3: invalid number"},
		{"two underscores", "1__0", "line 1, column 3: invalid number"},
		{"number and letter", "12abc", "line 1, column 3: invalid number"},
		{"after a backslash", "x \\ y", "NAME:x line 1, column 4: unexpected character after line continuation character"},
		{"control character", "x\x01", "NAME:x line 1, column 2: invalid character U+0001"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, scanned(test.text)); diff != "" {
				t.Errorf("tokenize mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

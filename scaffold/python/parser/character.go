package parser

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/runenames"
)

// characterAliases are the alias names of characters, including control characters
// (https://www.unicode.org/Public/UCD/latest/ucd/NameAliases.txt).
//
//go:embed character_alias.txt
var characterAliases string

// character returns the character that \N{name} denotes
// (https://docs.python.org/3/library/unicodedata.html#unicodedata.lookup). It does not support
// Hangul syllables, which are named after their letters; sources contain the syllables themselves.
func character(name string) (rune, bool) {
	name = strings.ToUpper(name)
	if number, ok := strings.CutPrefix(name, "CJK UNIFIED IDEOGRAPH-"); ok {
		n, err := strconv.ParseUint(number, 16, 24)
		r := rune(n)
		return r, err == nil && (len(number) == 4 || len(number) == 5) && strings.HasPrefix(runenames.Name(r), "<CJK Ideograph")
	}
	r, ok := characters()[name]
	return r, ok
}

// characters returns all characters with a name of their own, by name.
var characters = sync.OnceValue(func() map[string]rune {
	names := make(map[string]rune, 1<<16)
	add := func(from, to rune) {
		for r := from; r <= to; r++ {
			if name := runenames.Name(r); name != "" && name[0] != '<' {
				names[name] = r
			}
		}
	}
	// The ranges in between are ideographs, which are named by number, and Hangul syllables.
	add(0, 0x33ff)
	add(0x4dc0, 0x4dff)
	add(0xa000, 0xabff)
	add(0xf900, 0x1ffff)
	add(0x2f800, 0x2fa1f)
	add(0xe0000, 0xe01ef)
	for line := range strings.Lines(characterAliases) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.ParseUint(code, 16, 24); err == nil {
			names[name] = rune(n)
		}
	}
	return names
})

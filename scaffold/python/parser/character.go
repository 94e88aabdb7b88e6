package parser

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/runenames"
)

// characterAliases are the second names of characters, among them those of control characters
// (https://www.unicode.org/Public/UCD/latest/ucd/NameAliases.txt).
//
//go:embed character_alias.txt
var characterAliases string

// character finds the character that \N{name} stands for
// (https://docs.python.org/3/library/unicodedata.html#unicodedata.lookup).
func character(name string) (rune, bool) {
	name = strings.ToUpper(name)
	if r, ok := characters()[name]; ok {
		return r, true
	}
	for _, prefix := range []string{"CJK UNIFIED IDEOGRAPH-", "VS"} {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		if prefix == "VS" {
			return variation(rest)
		}
		n, err := strconv.ParseUint(rest, 16, 24)
		r := rune(n)
		return r, err == nil && (len(rest) == 4 || len(rest) == 5) && strings.HasPrefix(runenames.Name(r), "<CJK Ideograph")
	}
	return hangul(name)
}

// characters are all characters by name that have one of their own.
var characters = sync.OnceValue(func() map[string]rune {
	names := make(map[string]rune, 1<<16)
	add := func(from, to rune) {
		for r := from; r <= to; r++ {
			if name := runenames.Name(r); name != "" && name[0] != '<' {
				names[name] = r
			}
		}
	}
	// Between them are ideographs, whose names are their numbers.
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

// variation finds a variation selector by its number.
func variation(number string) (rune, bool) {
	n, err := strconv.Atoi(number)
	switch {
	case err != nil || number[0] == '0' || number[0] == '+' || n < 1 || n > 256:
		return 0, false
	case n <= 16:
		return 0xfe00 + rune(n) - 1, true
	default:
		return 0xe0100 + rune(n) - 17, true
	}
}

// hangul finds a syllable by the names of its letters
// (https://www.unicode.org/versions/latest/core-spec/chapter-3/#G59434).
func hangul(name string) (rune, bool) {
	rest, ok := strings.CutPrefix(name, "HANGUL SYLLABLE ")
	if !ok {
		return 0, false
	}
	place := 0
	for _, letters := range [][]string{
		{"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"},
		{
			"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI",
			"YU", "EU", "YI", "I",
		},
		{
			"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B",
			"BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H",
		},
	} {
		best := -1
		for i, letter := range letters {
			if strings.HasPrefix(rest, letter) && (best < 0 || len(letter) > len(letters[best])) {
				best = i
			}
		}
		if best < 0 {
			return 0, false
		}
		rest = rest[len(letters[best]):]
		place = place*len(letters) + best
	}
	return 0xac00 + rune(place), rest == ""
}

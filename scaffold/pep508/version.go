package pep508

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// Version is a version of a Python package.
// https://packaging.python.org/en/latest/specifications/version-specifiers/
type Version struct {
	epoch number
	// release has at least one element.
	release []number
	// preN, postN and devN are empty if the version has no such part. pre is "a", "b", "rc" or
	// empty.
	pre               string
	preN, postN, devN number
	hasPost, hasDev   bool
	local             []string
}

// number is a number of any size: its digits without leading zeros.
type number string

func (n number) compare(o number) int {
	return cmp.Or(cmp.Compare(len(n), len(o)), strings.Compare(string(n), string(o)))
}

// String returns the digits.
func (n number) String() string { return cmp.Or(string(n), "0") }

var errVersion = errors.New("not a version")

// ParseVersion parses a version in any spelling: v1.0-ALPHA.1 is 1.0a1.
func ParseVersion(text string) (Version, error) {
	s := &versionScanner{strings.ToLower(strings.TrimSpace(text))}
	var v Version
	s.word("v")
	first, ok := s.number()
	if ok && s.word("!") {
		v.epoch = first
		first, ok = s.number()
	}
	if !ok {
		return Version{}, errVersion
	}
	v.release = []number{first}
	for len(s.rest) > 1 && s.rest[0] == '.' && isDigit(s.rest[1]) {
		s.rest = s.rest[1:]
		n, _ := s.number()
		v.release = append(v.release, n)
	}
	v.pre, v.preN = s.part("preview", "alpha", "beta", "pre", "rc", "a", "b", "c")
	switch v.pre {
	case "alpha":
		v.pre = "a"
	case "beta":
		v.pre = "b"
	case "c", "pre", "preview":
		v.pre = "rc"
	}
	if len(s.rest) > 1 && s.rest[0] == '-' && isDigit(s.rest[1]) {
		s.rest = s.rest[1:]
		v.postN, v.hasPost = s.number()
	} else {
		var post string
		post, v.postN = s.part("post", "rev", "r")
		v.hasPost = post != ""
	}
	dev, n := s.part("dev")
	v.devN, v.hasDev = n, dev != ""
	if s.word("+") {
		v.local = strings.FieldsFunc(s.rest, isSeparator)
		if len(v.local) == 0 || strings.Trim(s.rest, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "" ||
			len(strings.Join(v.local, ".")) != len(s.rest) {
			return Version{}, errVersion
		}
		s.rest = ""
		for i, part := range v.local {
			if strings.Trim(part, "0123456789") == "" {
				v.local[i] = number(strings.TrimLeft(part, "0")).String()
			}
		}
	}
	if s.rest != "" {
		return Version{}, errVersion
	}
	return v, nil
}

// versionScanner scans a version from left to right.
type versionScanner struct{ rest string }

// word consumes word if it is next.
func (s *versionScanner) word(word string) bool {
	rest, ok := strings.CutPrefix(s.rest, word)
	s.rest = rest
	return ok
}

// number scans digits.
func (s *versionScanner) number() (number, bool) {
	end := 0
	for end < len(s.rest) && isDigit(s.rest[end]) {
		end++
	}
	digits := s.rest[:end]
	s.rest = s.rest[end:]
	return number(strings.TrimLeft(digits, "0")), end > 0
}

// part scans one of the words with an optional separator before it and an optional separator and
// number after it.
func (s *versionScanner) part(words ...string) (string, number) {
	rest := s.rest
	if rest != "" && isSeparator(rune(rest[0])) {
		rest = rest[1:]
	}
	i := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(rest, word) })
	if i < 0 {
		return "", ""
	}
	s.rest = rest[len(words[i]):]
	if s.rest != "" && isSeparator(rune(s.rest[0])) {
		s.rest = s.rest[1:]
	}
	n, _ := s.number()
	return words[i], n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isSeparator(r rune) bool { return r == '.' || r == '-' || r == '_' }

// Base returns the epoch and the release: 1.2 for 1.2rc1.
func (v Version) Base() string {
	var b strings.Builder
	if v.epoch != "" {
		b.WriteString(v.epoch.String() + "!")
	}
	for i, n := range v.release {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(n.String())
	}
	return b.String()
}

// String returns the normalized form of the version.
func (v Version) String() string {
	text := v.Base()
	if v.pre != "" {
		text += v.pre + v.preN.String()
	}
	if v.hasPost {
		text += ".post" + v.postN.String()
	}
	if v.hasDev {
		text += ".dev" + v.devN.String()
	}
	if len(v.local) > 0 {
		text += "+" + strings.Join(v.local, ".")
	}
	return text
}

// Compare returns -1, 0 or 1 if v is before, equal to or after o.
func (v Version) Compare(o Version) int {
	return cmp.Or(
		v.epoch.compare(o.epoch),
		slices.CompareFunc(significant(v.release), significant(o.release), number.compare),
		cmp.Compare(v.preRank(), o.preRank()), v.preN.compare(o.preN),
		compareBool(v.hasPost, o.hasPost), v.postN.compare(o.postN),
		compareBool(!v.hasDev, !o.hasDev), v.devN.compare(o.devN),
		slices.CompareFunc(v.local, o.local, compareLocal),
	)
}

// AtLeast reports whether version is least or later. It returns false for an invalid version.
func AtLeast(version, least string) bool {
	v, err := ParseVersion(version)
	if err != nil {
		return false
	}
	l, err := ParseVersion(least)
	return err == nil && v.Compare(l) >= 0
}

// significant returns a release without trailing zeros, which do not count.
func significant(release []number) []number {
	end := len(release)
	for end > 0 && release[end-1] == "" {
		end--
	}
	return release[:end]
}

// preRank orders the stages before a release: 1.0.dev1, 1.0a1, 1.0b1, 1.0rc1, 1.0.
func (v Version) preRank() int {
	switch {
	case v.pre == "" && !v.hasPost && v.hasDev:
		return 0
	case v.pre == "a":
		return 1
	case v.pre == "b":
		return 2
	case v.pre == "rc":
		return 3
	}
	return 4
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// compareLocal compares two parts of local versions: numbers sort after words.
func compareLocal(a, b string) int {
	aNumber, bNumber := isDigit(a[0]) && strings.Trim(a, "0123456789") == "", isDigit(b[0]) && strings.Trim(b, "0123456789") == ""
	switch {
	case aNumber && bNumber:
		return number(a).compare(number(b))
	case aNumber != bNumber:
		return compareBool(aNumber, bNumber)
	}
	return strings.Compare(a, b)
}

// public returns the version without its local part.
func (v Version) public() Version {
	v.local = nil
	return v
}

// isPre reports whether the version is a pre-release or a development release.
func (v Version) isPre() bool { return v.pre != "" || v.hasDev }

// beginsWith reports whether the version matches ==PREFIX.*.
func (v Version) beginsWith(epoch number, prefix []number) bool {
	release := slices.Clone(v.release)
	for len(release) < len(prefix) {
		release = append(release, "")
	}
	return v.epoch == epoch && slices.Equal(release[:len(prefix)], prefix)
}

// satisfies reports whether the version satisfies op bound, or op bound.* if wild is set.
func (v Version) satisfies(op string, bound Version, wild bool) bool {
	public := v.public()
	switch op {
	case "==", "!=":
		same := false
		switch {
		case wild:
			same = v.beginsWith(bound.epoch, bound.release)
		case len(bound.local) > 0:
			same = v.Compare(bound) == 0
		default:
			same = public.Compare(bound) == 0
		}
		return same == (op == "==")
	case "<=":
		return public.Compare(bound) <= 0
	case ">=":
		return public.Compare(bound) >= 0
	case "~=":
		return public.Compare(bound) >= 0 && v.beginsWith(bound.epoch, bound.release[:len(bound.release)-1])
	case "<": // excluding pre-releases of bound itself
		if !bound.isPre() {
			bound.hasDev = true
		}
		return v.Compare(bound) < 0
	case ">": // excluding post-releases of bound itself
		final := public
		final.hasPost, final.postN, final.hasDev, final.devN = false, "", false, ""
		return public.Compare(bound) > 0 && (bound.hasPost || bound.hasDev || final.Compare(bound) != 0)
	}
	return false
}

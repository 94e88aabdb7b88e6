package token

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Normalized names of encodings that need no table.
const (
	utf8Name  = "utf_8"
	asciiName = "ascii"
)

// knownEncoding returns the canonical name of UTF-8 and Latin-1, which Python's reader handles
// itself, with or without a hyphenated suffix. It returns other names unchanged.
func knownEncoding(name string) string {
	start := strings.ReplaceAll(strings.ToLower(name[:min(len(name), 12)]), "_", "-")
	for _, known := range [...]string{"utf-8", "latin-1", "iso-8859-1", "iso-latin-1"} {
		if start == known || strings.HasPrefix(start, known+"-") {
			if known != "utf-8" {
				return "iso-8859-1"
			}
			return known
		}
	}
	return name
}

// normalEncoding returns the normalized name that Python looks an encoding up by: lower case, with
// underscores.
func normalEncoding(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	switch normal := strings.Join(words, "_"); normal {
	case "utf8", "u8", "utf":
		return utf8Name
	case "us_ascii":
		return asciiName
	default:
		return normal
	}
}

// findCodec returns the encoding with a normalized name. It returns nil for encodings that no
// current editor uses for Python; such files are rejected. The names are Python's
// (https://docs.python.org/3/library/codecs.html#standard-encodings). Where Python distinguishes a
// subset from its superset, x/text has the superset, which decodes files in the subset to the same
// text.
func findCodec(normal string) encoding.Encoding {
	switch normal {
	case "iso_8859_1", "iso8859_1", "latin1", "l1":
		return charmap.ISO8859_1
	case "iso_8859_5", "iso8859_5":
		return charmap.ISO8859_5
	case "iso_8859_15", "iso8859_15", "latin9":
		return charmap.ISO8859_15
	case "koi8_r":
		return charmap.KOI8R
	case "cp1250", "windows_1250":
		return charmap.Windows1250
	case "cp1251", "windows_1251":
		return charmap.Windows1251
	case "cp1252", "windows_1252":
		return charmap.Windows1252
	case "shift_jis", "shiftjis", "sjis", "cp932", "ms932", "windows_31j":
		return japanese.ShiftJIS
	case "euc_jp", "eucjp":
		return japanese.EUCJP
	case "gb2312", "gbk", "cp936":
		return simplifiedchinese.GBK
	case "gb18030":
		return simplifiedchinese.GB18030
	case "big5", "cp950":
		return traditionalchinese.Big5
	case "euc_kr", "euckr", "cp949":
		return korean.EUCKR
	default:
		return nil
	}
}

package token

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The names to which normalEncoding brings those of encodings that need no table.
const (
	utf8Name  = "utf_8"
	asciiName = "ascii"
)

// knownEncoding returns the one name under which Python's reader itself knows UTF-8 and Latin 1, with
// whatever stands behind a hyphen after them; other names as they are.
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

// normalEncoding returns the name of an encoding as Python looks it up: in lower case, with underscores.
func normalEncoding(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	normal := strings.Join(words, "_")
	switch normal {
	case "utf8", "u8", "utf", "cp65001", "utf8_ucs2", "utf8_ucs4":
		return utf8Name
	case "646", "ansi_x3_4_1968", "ansi_x3_4_1986", "cp367", "csascii", "ibm367", "iso646_us", "iso_646_irv_1991", "iso_ir_6", "us", "us_ascii":
		return asciiName
	}
	return normal
}

// codec is an encoding of x/text, which follows the web's browsers, and where Python reads it
// otherwise.
type codec struct {
	encoding.Encoding
	control bool   // the bytes 80 to 9f are the control characters of that number
	instead string // in pairs, what x/text reads and what Python reads
}

// findCodec returns the encoding of a normal name, without an Encoding where we know none.
func findCodec(normal string) codec {
	if found := isoCodec(normal); found != nil {
		return codec{Encoding: found, control: true}
	}
	if found := jisCodec(normal); found != nil {
		return codec{Encoding: found, instead: "～〜∥‖－−￠¢￡£￢¬"}
	}
	if found := pageCodec(normal); found != nil {
		return codec{Encoding: found}
	}
	if normal == "koi8_u" {
		return codec{Encoding: charmap.KOI8U, instead: "ў╝Ў╬"}
	}
	return codec{Encoding: eastCodec(normal)}
}

// read returns the character that Python reads from bytes where x/text reads r, and whether any.
func (c codec) read(bytes []byte, r rune) (rune, bool) {
	if c.control && bytes[0] >= 0x80 && bytes[0] < 0xa0 {
		return rune(bytes[0]), true
	}
	if r == utf8.RuneError {
		// Only one encoding has the replacement character itself.
		return r, c.Encoding == simplifiedchinese.GB18030 && string(bytes) == "\x84\x31\xa4\x37"
	}
	for i, from := range c.instead {
		if from == r {
			to, _ := utf8.DecodeRuneInString(c.instead[i+utf8.RuneLen(from):])
			return to, true
		}
	}
	return r, true
}

// isoCodec returns the parts of ISO 8859, by the names that
// https://docs.python.org/3/library/codecs.html#standard-encodings lists.
func isoCodec(normal string) encoding.Encoding {
	switch normal {
	case "latin_1", "8859", "cp819", "csisolatin1", "ibm819", "iso8859", "iso8859_1", "iso_8859_1", "iso_8859_1_1987", "iso_ir_100", "l1", "latin", "latin1", "iso_latin_1":
		return charmap.ISO8859_1
	case "iso8859_2", "csisolatin2", "iso_8859_2", "iso_8859_2_1987", "iso_ir_101", "l2", "latin2":
		return charmap.ISO8859_2
	case "iso8859_3", "csisolatin3", "iso_8859_3", "iso_8859_3_1988", "iso_ir_109", "l3", "latin3":
		return charmap.ISO8859_3
	case "iso8859_4", "csisolatin4", "iso_8859_4", "iso_8859_4_1988", "iso_ir_110", "l4", "latin4":
		return charmap.ISO8859_4
	case "iso8859_5", "csisolatincyrillic", "cyrillic", "iso_8859_5", "iso_8859_5_1988", "iso_ir_144":
		return charmap.ISO8859_5
	case "iso8859_6", "arabic", "asmo_708", "csisolatinarabic", "ecma_114", "iso_8859_6", "iso_8859_6_1987", "iso_ir_127":
		return charmap.ISO8859_6
	case "iso8859_7", "csisolatingreek", "ecma_118", "elot_928", "greek", "greek8", "iso_8859_7", "iso_8859_7_1987", "iso_ir_126":
		return charmap.ISO8859_7
	case "iso8859_8", "csisolatinhebrew", "hebrew", "iso_8859_8", "iso_8859_8_1988", "iso_ir_138":
		return charmap.ISO8859_8
	case "iso8859_9", "csisolatin5", "iso_8859_9", "iso_8859_9_1989", "iso_ir_148", "l5", "latin5":
		return charmap.ISO8859_9
	case "iso8859_10", "csisolatin6", "iso_8859_10", "iso_8859_10_1992", "iso_ir_157", "l6", "latin6":
		return charmap.ISO8859_10
	case "iso8859_11", "iso_8859_11", "iso_8859_11_2001", "thai", "tis_620", "tis620", "tis_620_0", "tis_620_2529_0", "tis_620_2529_1":
		return charmap.Windows874 // but for its control characters
	case "iso8859_13", "iso_8859_13", "l7", "latin7":
		return charmap.ISO8859_13
	case "iso8859_14", "iso_8859_14", "iso_8859_14_1998", "iso_celtic", "iso_ir_199", "l8", "latin8":
		return charmap.ISO8859_14
	case "iso8859_15", "iso_8859_15", "l9", "latin9":
		return charmap.ISO8859_15
	case "iso8859_16", "iso_8859_16", "iso_8859_16_2001", "iso_ir_226", "l10", "latin10":
		return charmap.ISO8859_16
	default:
		return nil
	}
}

// pageCodec returns the code pages of DOS, Windows, Unix and the Macintosh.
func pageCodec(normal string) encoding.Encoding {
	switch normal {
	case "cp437", "437", "cspc8codepage437", "ibm437":
		return charmap.CodePage437
	case "cp850", "850", "cspc850multilingual", "ibm850":
		return charmap.CodePage850
	case "cp852", "852", "cspcp852", "ibm852":
		return charmap.CodePage852
	case "cp855", "855", "csibm855", "ibm855":
		return charmap.CodePage855
	case "cp858", "858", "csibm858", "ibm858":
		return charmap.CodePage858
	case "cp860", "860", "csibm860", "ibm860":
		return charmap.CodePage860
	case "cp862", "862", "cspc862latinhebrew", "ibm862":
		return charmap.CodePage862
	case "cp863", "863", "csibm863", "ibm863":
		return charmap.CodePage863
	case "cp865", "865", "csibm865", "ibm865":
		return charmap.CodePage865
	case "cp866", "866", "csibm866", "ibm866":
		return charmap.CodePage866
	case "cp874":
		return charmap.Windows874
	case "koi8_r", "cskoi8r":
		return charmap.KOI8R
	case "mac_roman", "macintosh", "macroman":
		return charmap.Macintosh
	case "mac_cyrillic", "maccyrillic":
		return charmap.MacintoshCyrillic
	}
	switch strings.TrimPrefix(strings.TrimPrefix(normal, "windows_"), "cp") {
	case "1250":
		return charmap.Windows1250
	case "1251":
		return charmap.Windows1251
	case "1252":
		return charmap.Windows1252
	case "1253":
		return charmap.Windows1253
	case "1254":
		return charmap.Windows1254
	case "1255":
		return charmap.Windows1255
	case "1256":
		return charmap.Windows1256
	case "1257":
		return charmap.Windows1257
	case "1258":
		return charmap.Windows1258
	default:
		return nil
	}
}

// jisCodec returns the encodings of JIS X 0208, without what Windows makes of it.
func jisCodec(normal string) encoding.Encoding {
	switch normal {
	case "euc_jp", "eucjp", "u_jis", "ujis":
		return japanese.EUCJP
	case "shift_jis", "csshiftjis", "s_jis", "shiftjis", "sjis", "x_mac_japanese":
		return japanese.ShiftJIS
	case "iso2022_jp", "csiso2022jp", "iso2022jp", "iso_2022_jp":
		return japanese.ISO2022JP
	default:
		return nil
	}
}

// eastCodec returns the other encodings of East Asia. x/text reads the supersets where Python keeps them
// apart: a file in a subset means the same in both.
func eastCodec(normal string) encoding.Encoding {
	switch normal {
	case "cp932", "932", "ms932", "ms_kanji", "mskanji", "windows_31j":
		return japanese.ShiftJIS
	case "euc_kr", "euckr", "korean", "ks_c_5601", "ks_c_5601_1987", "ks_x_1001", "ksc5601", "ksx1001", "x_mac_korean", "cp949", "949", "ms949", "uhc":
		return korean.EUCKR
	case "gb2312", "chinese", "csiso58gb231280", "euc_cn", "euccn", "eucgb2312_cn", "gb2312_1980", "gb2312_80", "iso_ir_58", "x_mac_simp_chinese", "gbk", "936", "cp936", "ms936":
		return simplifiedchinese.GBK
	case "gb18030", "gb18030_2000":
		return simplifiedchinese.GB18030
	case "hz", "hz_gb", "hz_gb_2312", "hzgb":
		return simplifiedchinese.HZGB2312
	case "big5", "big5_tw", "csbig5", "x_mac_trad_chinese", "cp950", "950", "ms950":
		return traditionalchinese.Big5
	default:
		return nil
	}
}

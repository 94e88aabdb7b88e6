package safely

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// UTF8 returns a text as UTF-8 without a byte order mark. PowerShell and Notepad write UTF-16, and PowerShell can write
// UTF-32.
func UTF8(text []byte) []byte {
	switch { // The mark of UTF-16 is a prefix of that of UTF-32.
	case bytes.HasPrefix(text, []byte{0xff, 0xfe, 0, 0}):
		return fromUTF32(text[4:], binary.LittleEndian)
	case bytes.HasPrefix(text, []byte{0, 0, 0xfe, 0xff}):
		return fromUTF32(text[4:], binary.BigEndian)
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
		return fromUTF16(text[2:], binary.LittleEndian)
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		return fromUTF16(text[2:], binary.BigEndian)
	default:
		return bytes.TrimPrefix(text, []byte("\ufeff"))
	}
}

func fromUTF16(text []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(text)/2) //nolint:mnd // Two bytes a unit.
	for ; len(text) > 1; text = text[2:] {
		units = append(units, order.Uint16(text))
	}
	return []byte(string(utf16.Decode(units)))
}

func fromUTF32(text []byte, order binary.ByteOrder) []byte {
	runes := make([]rune, 0, len(text)/4) //nolint:mnd // Four bytes a unit.
	for ; len(text) > 3; text = text[4:] {
		runes = append(runes, rune(order.Uint32(text))) //nolint:gosec // One that is too large becomes the replacement character.
	}
	return []byte(string(runes))
}

package safely

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// UTF8 returns a text as UTF-8 without the mark that some editors begin it with. PowerShell and Notepad write UTF-16.
func UTF8(text []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	units := make([]uint16, 0, len(text)/2) //nolint:mnd // Two bytes a unit.
	for rest := text[2:]; len(rest) > 1; rest = rest[2:] {
		units = append(units, order.Uint16(rest))
	}
	return []byte(string(utf16.Decode(units)))
}

package answers

import (
	"bytes"
	"slices"

	"github.com/pelletier/go-toml/v2/unstable"

	"sleet/scaffold"
	"sleet/scaffold/textedit"
)

// Edit returns a sleet.toml that holds the answers of next. It keeps a person's text and changes
// only the answers that differ. If text is the canonical form of saved, or if it cannot be edited,
// Edit returns the canonical form of next.
func Edit(text []byte, saved, next scaffold.App) []byte {
	canonical := TOML(next)
	if textedit.SameText(text, TOML(saved)) {
		return canonical
	}
	edited, ok := editAnswers(text, next)
	if !ok {
		return canonical
	}
	edited = replaceWritten(edited, next.Written)
	if got, err := Parse(scaffold.AnswersFile, edited); err != nil || !got.Equal(next) {
		return canonical
	}
	return edited
}

// replaceWritten returns text with its [written] table replaced.
func replaceWritten(text []byte, written map[string]string) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	start, end := writtenRange(text)
	parts := [][]byte{bytes.TrimRight(text[:start], "\r\n"), bytes.Trim(writtenTable(written), "\n"), bytes.TrimLeft(text[end:], "\r\n")}
	// One empty line separates [written] from the rest.
	parts = slices.DeleteFunc(parts, func(part []byte) bool { return len(part) == 0 })
	joined := append(bytes.TrimRight(bytes.Join(parts, []byte("\n\n")), "\r\n"), '\n')
	return textedit.LikeLines(textedit.UnixLines(joined), text)
}

// writtenRange returns the byte range of [written], up to the text before the next table. Without
// [written], both are the length of the text.
func writtenRange(text []byte) (start, end int) {
	var p unstable.Parser
	p.Reset(text)
	start, end = len(text), len(text)
	last := 0 // the end of the table's last line
	for p.NextExpression() {
		e := p.Expression()
		keys := e.Key()
		keys.Next()
		at := int(keys.Node().Raw.Offset)
		switch {
		case e.Kind == unstable.KeyValue:
			if start < len(text) {
				last = textedit.LineEnd(text, int(e.Raw.Offset+e.Raw.Length))
			}
		case start < len(text):
			return start, last
		case e.Kind == unstable.Table && string(keys.Node().Data) == "written" && keys.IsLast():
			start = bytes.LastIndexByte(text[:at], '\n') + 1
			last = textedit.LineEnd(text, at)
		}
	}
	if start < len(text) {
		return start, last
	}
	return start, end
}

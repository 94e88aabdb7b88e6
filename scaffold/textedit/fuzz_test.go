package textedit

import (
	"bytes"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// FuzzPlaces checks that positions in arbitrary TOML are within the text and in order, and that
// written values and keys can be read back.
func FuzzPlaces(f *testing.F) {
	for _, text := range []string{
		"a = 1\n[t]\nb.c = 'x'\n[[s]]\nk = [1, {a = 2}]\n[[s]]\n", "[a.'b c']\n\"d\\\"\" = '''\nx'''\n", "a = {b = {c = [[1]]}}", "\ufeffa = 1", "a = 1\r\n[b]\r\n", "[a]\n[a.b]\nc=1", "= 1", "a",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if toml.Unmarshal(data, &map[string]any{}) != nil {
			return
		}
		places, blocks := PlacesIn(data)
		for path, p := range places {
			if p.Key < 0 || p.Value < 0 || p.Key > len(data) || p.Value > len(data) || p.End > len(data) || p.End != 0 && p.End < p.Value {
				t.Errorf("position of %s = %+v in %d bytes", path, p, len(data))
			}
		}
		for path, b := range blocks {
			if b.Start < 0 || b.End < b.Start || b.End > len(data) {
				t.Errorf("range of table %s = %+v in %d bytes", path, b, len(data))
			}
		}
		text := string(data)
		var back struct{ V string }
		if bytes.Equal(bytes.ToValidUTF8(data, nil), data) {
			if err := toml.Unmarshal([]byte("v = "+TOMLString(text)), &back); err != nil || back.V != text {
				t.Errorf("TOMLString(%q) = %s, which is read as %q, %v", text, TOMLString(text), back.V, err)
			}
			if parts, ok := SplitKey(JoinKey(text, "x")); !ok && !bytes.ContainsAny(data, "\r\n") || ok && (len(parts) != 2 || parts[0] != text) {
				t.Errorf("JoinKey(%q, x) = %s, which splits into %q", text, JoinKey(text, "x"), parts)
			}
		}
	})
}

package textedit

import (
	"bytes"
	"encoding/json"
	"strings"

	"sleet/snowflake/safely"

	"github.com/pelletier/go-toml/v2/unstable"
)

// JoinKey returns a dotted TOML key. It quotes parts that are not bare keys, so that one part "a.b"
// differs from two parts "a" and "b".
func JoinKey(parts ...string) string {
	written := make([]string, len(parts))
	for i, part := range parts {
		written[i] = part
		if !bareKey(part) {
			written[i] = TOMLString(part)
		}
	}
	return strings.Join(written, ".")
}

// SplitKey returns the parts of a dotted key. ok is false if key is invalid.
func SplitKey(key string) (parts []string, ok bool) {
	if strings.ContainsAny(key, "\r\n") || safely.CheckTOML([]byte(key)) != nil {
		return nil, false
	}
	var p unstable.Parser
	p.Reset([]byte(key + "=0"))
	if !p.NextExpression() || p.Expression().Kind != unstable.KeyValue {
		return nil, false
	}
	// If the key itself contains "=" or "#", the value is elsewhere.
	if value := p.Expression().Value(); int(value.Raw.Offset) != len(key)+1 {
		return nil, false
	}
	for it := p.Expression().Key(); it.Next(); {
		parts = append(parts, string(it.Node().Data))
	}
	return parts, !p.NextExpression() && p.Error() == nil
}

// bareKey reports whether a part of a key needs no quotes.
// https://toml.io/en/v1.0.0#keys
func bareKey(part string) bool {
	return part != "" && strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// TOMLString returns s as a TOML basic string. All JSON escapes are valid in TOML, but JSON does
// not escape DEL.
// https://toml.io/en/v1.0.0#string
func TOMLString(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007f`)
}

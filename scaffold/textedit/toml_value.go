package textedit

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// TOMLValue returns a value on one line. Strings have double quotes, as people write them; the
// library formats numbers and dates.
func TOMLValue(v any) string {
	switch v := v.(type) {
	case string:
		return TOMLString(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case []string:
		return tomlList(v)
	case []any:
		return tomlList(v)
	case []map[string]any:
		return tomlList(v)
	case map[string]any:
		pairs := make([]string, 0, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, JoinKey(key)+" = "+TOMLValue(v[key]))
		}
		if len(pairs) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(pairs, ", ") + " }"
	}
	line, err := toml.Marshal(map[string]any{"v": v})
	if text, ok := strings.CutPrefix(string(line), "v = "); ok && err == nil {
		return strings.TrimSuffix(text, "\n")
	}
	return TOMLString(fmt.Sprint(v))
}

func tomlList[T any](list []T) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = TOMLValue(e)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

package scaffold

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"sleet/ui/message"

	"github.com/pelletier/go-toml/v2"
)

// The kinds of TOML values in the words of messages.
const (
	aText     = "problem.kind.text"
	aTable    = "problem.kind.a_table"
	aList     = "problem.kind.a_list"
	aDate     = "problem.kind.a_date_or_time"
	aBool     = "problem.kind.true_or_false"
	anInteger = "problem.kind.a_whole_number"
	aNumber   = "problem.kind.a_number"
	anOther   = "problem.kind.this"
)

// kindOf names the kind of a decoded value for people.
func kindOf(v any) message.ID {
	switch v.(type) {
	case string:
		return aText
	case bool:
		return aBool
	case int, int64:
		return anInteger
	case float64:
		return aNumber
	case []any, []string:
		return aList
	case map[string]any:
		return aTable
	case time.Time, toml.LocalDate, toml.LocalTime, toml.LocalDateTime:
		return aDate
	default:
		return anOther
	}
}

func isList(v any) bool { return kindOf(v) == aList }

func isScalar(v any) bool { return !isList(v) && kindOf(v) != aTable }

// tomlValue writes a value on one line. Text stands in double quotes, as people write it; the
// library writes numbers and dates.
func tomlValue(v any) string {
	switch v := v.(type) {
	case string:
		return tomlString(v)
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
			pairs = append(pairs, joinKey(key)+" = "+tomlValue(v[key]))
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
	return tomlString(fmt.Sprint(v))
}

func tomlList[T any](list []T) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = tomlValue(e)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

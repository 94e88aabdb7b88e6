package answers

import (
	"time"

	"sleet/ui/message"

	"github.com/pelletier/go-toml/v2"
)

// Message IDs of the kinds of TOML values.
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

// kindOf returns the message ID for the kind of a decoded value.
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

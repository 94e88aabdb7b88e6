package testtools

import (
	"math"
	"time"

	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"
)

// Values generates TOML values: strings from text, numbers, booleans, dates, lists and tables.
func Values(text *rapid.Generator[string]) *rapid.Generator[any] {
	scalar := rapid.OneOf(
		text.AsAny(), rapid.Int64().AsAny(), rapid.Float64().AsAny(), rapid.Bool().AsAny(),
		rapid.SampledFrom([]any{math.NaN(), math.Inf(-1), time.Unix(1e9, 5e6).UTC(), toml.LocalTime{Hour: 7, Nanosecond: 1e6, Precision: 3}}),
	)
	list := rapid.SliceOfN(scalar, 0, 3).AsAny()
	table := rapid.MapOfN(text, scalar, 0, 3).AsAny()
	tables := rapid.SliceOfN(table, 0, 2).AsAny()
	inner := rapid.OneOf(scalar, list, table, tables)
	return rapid.OneOf(scalar, list, tables, rapid.MapOfN(text, inner, 0, 3).AsAny())
}

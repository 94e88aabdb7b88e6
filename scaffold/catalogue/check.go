package catalogue

import (
	"regexp"
	"slices"
)

// Fault is the kind of error in a value.
type Fault string

// The kinds of errors. None means that the value is valid.
const (
	None        Fault = ""
	WrongType   Fault = "type"
	NotAChoice  Fault = "choice"
	OutOfRange  Fault = "range"
	WrongLength Fault = "length"
)

// Check returns what is wrong with a value as decoded from TOML: string, bool, int64, float64,
// []any or map[string]any.
func (o Option) Check(value any) Fault {
	for _, want := range append([]Type{o.Type}, o.Also...) {
		if hasType(value, want) {
			return o.checkContent(value)
		}
	}
	return WrongType
}

// checkContent checks a value of a valid type.
func (o Option) checkContent(value any) Fault {
	switch v := value.(type) {
	case string:
		if !o.takes(v) {
			return NotAChoice
		}
	case int64:
		return o.Limits.check(v)
	case []any:
		if len(v) < o.MinItems || (o.MaxItems > 0 && len(v) > o.MaxItems) {
			return WrongLength
		}
		for _, item := range v {
			if number, ok := item.(int64); ok && o.Limits.check(number) != None {
				return OutOfRange
			}
		}
	}
	return None
}

// takes reports whether a string is one of the choices or another accepted value.
func (o Option) takes(value string) bool {
	if len(o.Choices) == 0 || slices.Contains(o.Choices, value) {
		return true
	}
	if o.OtherValues == "" {
		return false
	}
	matched, err := regexp.MatchString(o.Pattern, value)
	return err == nil && matched
}

// check returns OutOfRange unless a number is within the limits.
func (l Limits) check(number int64) Fault {
	switch {
	case l == Limits{}:
		return None
	case number < l.Min, l.Max != 0 && number > l.Max, l.Step != 0 && number%l.Step != 0:
		return OutOfRange
	default:
		return None
	}
}

// hasType reports whether a TOML value has a type. An integer is a valid float.
func hasType(value any, want Type) bool {
	switch want {
	case Bool:
		return isA[bool](value)
	case Integer:
		return isA[int64](value)
	case Float:
		return isA[float64](value) || isA[int64](value)
	case String:
		return isA[string](value)
	case Table:
		return isA[map[string]any](value)
	case Strings:
		return listOf[string](value)
	case Integers:
		return listOf[int64](value)
	case Tables:
		return listOf[map[string]any](value)
	default:
		return false
	}
}

// isA reports whether a value has the type T.
func isA[T any](value any) bool {
	_, ok := value.(T)
	return ok
}

// listOf reports whether a value is a list that contains only values of type T.
func listOf[T any](value any) bool {
	list, ok := value.([]any)
	return ok && !slices.ContainsFunc(list, func(item any) bool { return !isA[T](item) })
}

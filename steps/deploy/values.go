package deploy

import (
	"maps"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/snowflake"
	"sleet/ui/message"
)

// ValuePart is one part of a secret's value: the whole of a string, the user name or the password
// of a password, and so on.
type ValuePart struct {
	// Key is the secret's key in the app, Field the part of its value, as snowflake.Slot has them.
	Key, Field string
}

// String is the part as a file of values writes it: api_key, login.username.
func (p ValuePart) String() string {
	if p.Field == "" {
		return p.Key
	}
	return p.Key + "." + p.Field
}

// Shown reports whether the part may be seen as it is typed: a user name is not a secret.
func (p ValuePart) Shown() bool { return p.Field == "username" }

// Variable is the environment variable that gives the part.
func (p ValuePart) Variable() string {
	name := "SLEET_SECRET_" + strings.ToUpper(p.Key)
	if p.Field == "" {
		return name
	}
	return name + "_" + strings.ToUpper(p.Field)
}

// ValueParts are the parts of the values of all secrets that sleet makes for an app, in order.
func ValueParts(app scaffold.App) []ValuePart {
	var parts []ValuePart
	for _, slot := range resources.SecretSlots(app) {
		if p := (ValuePart{slot.Key, slot.Field}); !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	return parts
}

// SecretValues are secrets' values in memory. Nothing prints them: a Secret shows a mask.
type SecretValues map[ValuePart]snowflake.Secret

// Value returns the value that goes into a slot.
func (v SecretValues) Value(slot snowflake.Slot) (snowflake.Secret, bool) {
	s, ok := v[ValuePart{slot.Key, slot.Field}]
	return s, ok && !s.Empty()
}

// All are the values themselves, for anyone who has to keep them out of what it shows.
func (v SecretValues) All() []snowflake.Secret { return slices.Collect(maps.Values(v)) }

// Given are the keys of the secrets whose value is whole.
func (v SecretValues) Given(parts []ValuePart) map[string]bool {
	given := map[string]bool{}
	for _, p := range parts {
		if _, ok := v.Value(snowflake.Slot{Key: p.Key, Field: p.Field}); !ok {
			given[p.Key] = false
		} else if _, seen := given[p.Key]; !seen {
			given[p.Key] = true
		}
	}
	maps.DeleteFunc(given, func(_ string, whole bool) bool { return !whole })
	return given
}

// Missing are the parts of a secret's value that are not given.
func (v SecretValues) Missing(parts []ValuePart, key string) []ValuePart {
	var missing []ValuePart
	for _, p := range parts {
		if _, ok := v.Value(snowflake.Slot{Key: p.Key, Field: p.Field}); p.Key == key && !ok {
			missing = append(missing, p)
		}
	}
	return missing
}

// Half are the missing parts of secrets of which another part is given.
func (v SecretValues) Half(parts []ValuePart) []ValuePart {
	var half []ValuePart
	for _, p := range parts {
		begun := slices.ContainsFunc(parts, func(other ValuePart) bool {
			_, ok := v.Value(snowflake.Slot{Key: other.Key, Field: other.Field})
			return other.Key == p.Key && ok
		})
		if _, ok := v.Value(snowflake.Slot{Key: p.Key, Field: p.Field}); begun && !ok {
			half = append(half, p)
		}
	}
	return half
}

// CheckValue says why Snowflake cannot take a value, without repeating any of it.
// https://docs.snowflake.com/en/developer-guide/external-network-access/external-network-access-limitations
func CheckValue(p ValuePart, value snowflake.Secret) error {
	text := value.Reveal()
	switch {
	case text == "":
		return message.Wrap(nil, "value.empty", "secret", p)
	case strings.ContainsRune(text, 0):
		return message.Wrap(nil, "value.nul", "secret", p)
	case strings.ToValidUTF8(text, "") != text:
		return message.Wrap(nil, "value.not_utf8", "secret", p)
	case (p.Field == "username" || p.Field == "password") && strings.Contains(text, ":"):
		return message.Wrap(nil, "value.colon", "secret", p)
	}
	return nil
}

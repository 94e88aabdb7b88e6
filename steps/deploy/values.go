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

// ValuePart identifies one part of a secret's value: all of a string, the user name or the password of a password, and
// so on.
type ValuePart struct {
	// Key is the secret's key in the app, Field the part of its value, as in snowflake.Slot.
	Key, Field string
}

// String returns the part as a values file writes it: api_key, login.username.
func (p ValuePart) String() string {
	if p.Field == "" {
		return p.Key
	}
	return p.Key + "." + p.Field
}

// Visible reports whether the part may be visible while it is typed: a user name is not secret.
func (p ValuePart) Visible() bool { return p.Field == "username" }

// Variable returns the name of the environment variable for the part.
func (p ValuePart) Variable() string {
	name := "SLEET_SECRET_" + strings.ToUpper(p.Key)
	if p.Field == "" {
		return name
	}
	return name + "_" + strings.ToUpper(p.Field)
}

// ValueParts returns the parts of all secrets that sleet creates for an app, in order.
func ValueParts(app scaffold.App) []ValuePart {
	var parts []ValuePart
	for _, slot := range resources.SecretSlots(app) {
		if p := (ValuePart{slot.Key, slot.Field}); !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	return parts
}

// SecretValues are the values of secrets in memory. They print as a mask.
type SecretValues map[ValuePart]snowflake.Secret

// Value returns the value for a slot.
func (v SecretValues) Value(slot snowflake.Slot) (snowflake.Secret, bool) {
	s, ok := v[ValuePart{slot.Key, slot.Field}]
	return s, ok && !s.Empty()
}

// All returns the values themselves, for code that has to keep them out of its output.
func (v SecretValues) All() []snowflake.Secret { return slices.Collect(maps.Values(v)) }

// Given returns the keys of the secrets for which all parts are set.
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

// Missing returns the parts of a secret that are not set.
func (v SecretValues) Missing(parts []ValuePart, key string) []ValuePart {
	var missing []ValuePart
	for _, p := range parts {
		if _, ok := v.Value(snowflake.Slot{Key: p.Key, Field: p.Field}); p.Key == key && !ok {
			missing = append(missing, p)
		}
	}
	return missing
}

// Partial returns the missing parts of secrets that are set partially.
func (v SecretValues) Partial(parts []ValuePart) []ValuePart {
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

// CheckValue returns why Snowflake does not accept a value. The error does not contain any of it.
// https://docs.snowflake.com/en/developer-guide/external-network-access/external-network-access-limitations
func CheckValue(p ValuePart, value snowflake.Secret) error {
	text := value.Reveal()
	switch {
	case text == "":
		return message.NewError("value.empty", "secret", p)
	case strings.ContainsRune(text, 0):
		return message.NewError("value.nul", "secret", p)
	case strings.ToValidUTF8(text, "") != text:
		return message.NewError("value.not_utf8", "secret", p)
	case (p.Field == "username" || p.Field == "password") && strings.Contains(text, ":"):
		return message.NewError("value.colon", "secret", p)
	}
	return nil
}

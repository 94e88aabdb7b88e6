package snowflake

import "encoding/json"

// mask stands for a secret's value wherever it would be shown.
const mask = "******"

// Secret is a secret's value in memory. Every printed, marshalled and logged form of it is a
// mask; only Reveal gives the value, and only the executor calls that, at the moment of sending.
type Secret struct{ value *string }

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{value: &value} }

// Empty says whether there is no value, or an empty one.
func (s Secret) Empty() bool { return s.value == nil || *s.value == "" }

// Reveal gives the value itself.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// String is the mask.
func (s Secret) String() string { return mask }

// GoString is the mask, so that %#v shows nothing either.
func (s Secret) GoString() string { return mask }

// MarshalText is the mask: TOML, YAML and XML writers use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalJSON is the mask as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(mask) }

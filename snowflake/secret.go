package snowflake

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// mask stands for a secret's value wherever it would be shown.
const mask = "******"

// Secret is a secret's value in memory. Every printed, marshalled and logged form of it is a
// mask; only Reveal gives the value, and only the executor calls that, at the moment of sending.
// The value is behind a pointer, so that what prints by reflection shows an address.
type Secret struct{ value *string }

var (
	_ fmt.Formatter  = Secret{}
	_ slog.LogValuer = Secret{}
	_ json.Marshaler = Secret{}
)

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{value: &value} }

// Empty reports whether there is no value, or an empty one.
func (s Secret) Empty() bool { return s.value == nil || *s.value == "" }

// Reveal returns the value itself.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Format writes the mask for every verb and flag.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, mask) }

// String is the mask.
func (s Secret) String() string { return mask }

// GoString is the mask.
func (s Secret) GoString() string { return mask }

// LogValue is the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText is the mask: TOML, YAML and XML writers use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalJSON is the mask as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + mask + `"`), nil }

// MarshalBinary is the mask: gob uses it.
func (s Secret) MarshalBinary() ([]byte, error) { return []byte(mask), nil }

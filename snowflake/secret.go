package snowflake

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// mask replaces the value of a secret wherever it would be shown.
const mask = "******"

// Secret is the value of a secret in memory. It prints, marshals and logs as a mask. Only Reveal returns the value, and
// only the executor calls it, when it sends the value. The value is behind a pointer, so that code that prints by
// reflection shows an address.
type Secret struct{ value *string }

var (
	_ fmt.Formatter  = Secret{}
	_ slog.LogValuer = Secret{}
	_ json.Marshaler = Secret{}
)

// NewSecret returns a Secret with a value.
func NewSecret(value string) Secret { return Secret{value: &value} }

// Empty reports whether the value is missing or empty.
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

// String returns the mask.
func (s Secret) String() string { return mask }

// GoString returns the mask.
func (s Secret) GoString() string { return mask }

// LogValue returns the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText returns the mask. TOML, YAML and XML encoders use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalJSON returns the mask as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + mask + `"`), nil }

// MarshalBinary returns the mask. The gob encoder uses it.
func (s Secret) MarshalBinary() ([]byte, error) { return []byte(mask), nil }

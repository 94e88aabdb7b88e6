package snowflake_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/pelletier/go-toml/v2"

	"sleet/snowflake"
)

const value = "hunter2-hunter2"

type holder struct {
	Open   snowflake.Secret
	hidden snowflake.Secret
	Ptr    *snowflake.Secret
	Any    any
	Map    map[string]snowflake.Secret
	List   []snowflake.Secret
}

func holders() map[string]any {
	s := snowflake.NewSecret(value)
	h := holder{Open: s, hidden: s, Ptr: &s, Any: s, Map: map[string]snowflake.Secret{"k": s}, List: []snowflake.Secret{s}}
	p := &s
	return map[string]any{
		"value": s, "pointer": p, "pointer to pointer": &p, "struct": h, "pointer to struct": &h,
		"map": h.Map, "slice": h.List, "array": [1]snowflake.Secret{s}, "any": []any{s, h},
		"error": fmt.Errorf("sending %v: %w", s, errors.New(s.String())),
	}
}

// leaks reports whether text has the value in any form that fmt prints.
func leaks(text string) bool {
	for _, form := range []string{value, fmt.Sprintf("%x", value), fmt.Sprintf("%X", value), fmt.Sprintf("% x", value), fmt.Sprintf("%v", []byte(value)), "aHVudGVyMi1odW50ZXIy"} {
		if strings.Contains(text, strings.Trim(form, "[]")) {
			return true
		}
	}
	return false
}

func TestSecretIsNeverPrinted(t *testing.T) {
	for name, v := range holders() {
		for _, verb := range "vsqdxXboOeEfFgGtTcUpw" {
			for _, flags := range []string{"", "+", "#", " ", "0", "-", "20", ".3", "#+ "} {
				format := "%" + flags + string(verb)
				if got := fmt.Sprintf(format, v); leaks(got) {
					t.Errorf("%s: %s prints %s", name, format, got)
				}
			}
		}
		if got := fmt.Sprint(v) + fmt.Sprintln(v); leaks(got) {
			t.Errorf("%s: Sprint prints %s", name, got)
		}
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		if got := fmt.Sprintf(format, snowflake.NewSecret(value)); got != "******" {
			t.Errorf("%s = %q, want the mask", format, got)
		}
	}
}

func TestSecretIsNeverMarshalled(t *testing.T) {
	marshal := map[string]func(any) ([]byte, error){
		"json": json.Marshal,
		"toml": func(v any) ([]byte, error) { return toml.Marshal(map[string]any{"v": v}) },
		"yaml": yaml.Marshal,
		"xml":  xml.Marshal,
		"gob": func(v any) ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(v)
			return b.Bytes(), err
		},
	}
	for name, v := range holders() {
		for form, f := range marshal {
			data, err := f(v) // some encoders fail on some values; what they wrote counts
			if leaks(string(data)) || err != nil && leaks(err.Error()) {
				t.Errorf("%s: %s writes the value: %s, %v", name, form, data, err)
			}
		}
	}
	s := snowflake.NewSecret(value)
	for form, f := range map[string]func(any) ([]byte, error){"json": json.Marshal, "gob": marshal["gob"], "yaml": yaml.Marshal} {
		if data, err := f(s); err != nil || !strings.Contains(string(data), "******") {
			t.Errorf("%s = %q, %v; want the mask", form, data, err)
		}
	}
}

func TestSecretIsNeverLogged(t *testing.T) {
	var b bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		for name, v := range holders() {
			slog.New(h).Info("logged", name, v, slog.Group("g", "v", v))
		}
	}
	if leaks(b.String()) {
		t.Errorf("the value was logged:\n%s", b.String())
	}
}

func TestSecretInPanic(t *testing.T) {
	defer func() {
		if got := fmt.Sprint(recover()); leaks(got) {
			t.Errorf("a panic prints the value: %s", got)
		}
	}()
	panic(snowflake.NewSecret(value))
}

func TestSecretReveals(t *testing.T) {
	if got := snowflake.NewSecret(value).Reveal(); got != value {
		t.Errorf("Reveal() = %q, want the value", got)
	}
	var none snowflake.Secret
	if none.Reveal() != "" || !none.Empty() || !snowflake.NewSecret("").Empty() || snowflake.NewSecret(value).Empty() {
		t.Error("Empty and Reveal disagree")
	}
}

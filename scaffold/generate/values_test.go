package generate

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/testtools"
)

func TestValues(t *testing.T) {
	values := map[string]any{
		"api_endpoint": "https://api.example.com", "max_results": int64(100), "ratio": 1.0, "debug": false,
		"regions": []any{"東京", "大阪"}, "no key of python": "x", "since": toml.LocalDate{Year: 2026, Month: 11, Day: 24},
		"db": map[string]any{"name": "sales", "empty": map[string]any{}, "tables": []any{map[string]any{"a": int64(1)}}},
	}
	app := scaffold.App{Values: values}
	want := `# Values that are not secret. st.secrets has all of them; strings and numbers outside a
# table are also environment variables of the same name.
# This file is plain text on a stage: store passwords and keys as a SECRET in Snowflake.

api_endpoint = "https://api.example.com"
debug = false
max_results = 100
"no key of python" = "x"
ratio = 1.0
regions = ["東京", "大阪"]
since = 2026-11-24

[db]
name = "sales"
tables = [{ a = 1 }]

[db.empty]
`
	if diff := cmp.Diff(want, string(SecretsTOML(app.Resolve()))); diff != "" {
		t.Errorf("SecretsTOML mismatch (-want +got):\n%s", diff)
	}
	app.App.Runtime = scaffold.Warehouse
	if data := SecretsTOML(app.Resolve()); data != nil {
		t.Errorf("SecretsTOML of a warehouse app = %q, want none", data)
	}
	if data := SecretsTOML(scaffold.App{}.Resolve()); data != nil {
		t.Errorf("SecretsTOML without values = %q, want none", data)
	}
}

// TestValuesRoundTrip checks that any values can be read back.
func TestValuesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.MapOfN(rapid.String(), testtools.Values(rapid.String()), 1, 5).Draw(t, "values")
		data := SecretsTOML(scaffold.App{Values: values}.Resolve())
		var got map[string]any
		if err := toml.Unmarshal(data, &got); err != nil {
			t.Fatalf("%v in\n%s", err, data)
		}
		nan := cmpopts.EquateNaNs()
		times := cmp.Comparer(func(x, y time.Time) bool { return x.Equal(y) })
		if diff := cmp.Diff(values, got, nan, times); diff != "" {
			t.Fatalf("parsed values differ (-want +got):\n%s\n%s", diff, data)
		}
		if !bytes.Equal(data, SecretsTOML(scaffold.App{Values: got}.Resolve())) {
			t.Fatal("SecretsTOML of the parsed values differs")
		}
	})
}

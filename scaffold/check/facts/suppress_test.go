package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTextSilences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       map[int]silence
	}{
		{"none", "a = 1\n", map[int]silence{}},
		{"TOML", "a = 1\nb = 2 # sleet: ignore[SL301]\n", map[int]silence{2: {ids: []string{"SL301"}}}},
		{"YAML, several", "- x\n- y  #sleet:ignore[ SL202,sl201 ]", map[int]silence{2: {ids: []string{"SL202", "SL201"}}}},
		{"SQL, all", "SELECT 1; -- Sleet: Ignore\r\n", map[int]silence{1: {all: true}}},
		{"no ids", "# sleet: ignore[]\n", map[int]silence{1: {}}},
		{"another word", "# sleet: ignored\n# sleet ignore\n", map[int]silence{}},
	} {
		if diff := cmp.Diff(test.want, textSilences([]byte(test.text)), cmp.AllowUnexported(silence{})); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

package command

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestApplyWaits checks what apply reports about the app's start: it started, it failed and why, or it is unknown.
func TestApplyWaits(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		options []snowflaketest.Option
		args    []string
		code    int
		want    []string
		not     string
	}{
		"starts": {nil, nil, exit.Success, []string{"Waiting for the app to start", "The app started."}, ""},
		"fails": {
			[]snowflaketest.Option{snowflaketest.WithStart("Preparing", "ModuleNotFoundError: No module named 'openpyxl'")},
			nil, exit.Failure,
			[]string{"Preparing", "openpyxl is not installed", "the app does not start"},
			"The app started",
		},
		"cannot tell": {[]snowflaketest.Option{snowflaketest.WithSetup("ALTER ACCOUNT UNSET EVENT_TABLE")}, nil, exit.Success, []string{"cannot tell whether the app started"}, "Waiting"},
		"is not asked": {
			[]snowflaketest.Option{snowflaketest.WithStart("ModuleNotFoundError: No module named 'openpyxl'")},
			[]string{"--no-wait"},
			exit.Success, nil, "openpyxl",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := emptyBox(t, snowflaketest.Serve(t, test.options...))
			b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC")
			began := time.Now()
			r := b.must(test.code, append([]string{"apply", "demo", "--yes"}, test.args...)...)
			for _, want := range test.want {
				if !strings.Contains(r.out+r.err, want) {
					t.Errorf("no %q in\n%s%s", want, r.out, r.err)
				}
			}
			if test.not != "" && strings.Contains(r.out+r.err, test.not) {
				t.Errorf("%q in\n%s%s", test.not, r.out, r.err)
			}
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("apply took %v", took)
			}
			if r := b.must(0, "apply", "demo", "--yes"); strings.Contains(r.err, "Waiting") {
				t.Error("an apply without changes waits")
			}
		})
	}
}

// TestApplyWaitsJSON checks the event about the app's start, which comes before the summary.
func TestApplyWaitsJSON(t *testing.T) {
	t.Parallel()
	b := emptyBox(t, snowflaketest.Serve(t, snowflaketest.WithStart("Error: No such option: --server.x")))
	b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC")
	r := b.must(exit.Failure, "apply", "demo", "--yes", "--json")
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	var e, last eventJSON
	if err := json.Unmarshal([]byte(lines[len(lines)-2]), &e); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	if e.Event != "failed" || e.Kind != "streamlit" || !strings.Contains(e.Message, "--server.x") || last.Event != "summary" {
		t.Errorf("%s", strings.Join(lines[len(lines)-2:], "\n"))
	}
}

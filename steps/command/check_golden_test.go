package command

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sleet/steps/command/exit"
)

var updateCheck = flag.Bool("update-check", false, "write the golden files of sleet check")

// checkedApps unpacks the sample apps into the working folder of a machine.
func checkedApps(t *testing.T) *bench {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/check/app.txtar")
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t)
	for _, f := range archive.Files {
		write(t, filepath.Join(b.Dir, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return b
}

// TestCheckReports compares every output format with its golden file.
func TestCheckReports(t *testing.T) {
	tests := []struct {
		golden  string
		args    []string
		environ []string
		code    int
	}{
		{"container.txt", []string{"sales"}, nil, exit.Failure},
		{"japanese.txt", []string{"sales"}, []string{"LC_ALL=ja_JP.UTF-8"}, exit.Failure},
		{"japanese_warehouse.txt", []string{"sales", "--runtime", "warehouse", "--ignore", "SL1", "--lang", "ja"}, nil, exit.Failure},
		{"japanese_clean.txt", []string{"clean", "--lang", "ja"}, []string{"LANG=en_US.UTF-8"}, exit.Success},
		{"colours.txt", []string{"sales", "--select", "SL105"}, []string{"CLICOLOR_FORCE=1", "TERM=xterm-256color", "COLORTERM=truecolor"}, exit.Failure},
		{"no_colour.txt", []string{"sales", "--select", "SL105"}, []string{"CLICOLOR_FORCE=1", "NO_COLOR=1", "TERM=xterm"}, exit.Failure},
		{"warehouse.txt", []string{"sales", "--runtime", "warehouse", "--ignore", "SL1"}, nil, exit.Failure},
		{"container.json", []string{"sales", "clean", "--format", "json"}, nil, exit.Failure},
		{"container.sarif", []string{"sales", "clean", "--format", "sarif"}, nil, exit.Failure},
		{"explain.txt", []string{"--explain", "SL112,sl118", "SL201"}, nil, exit.Success},
		{"explain_japanese.txt", []string{"--explain", "SL112", "--explain", "SL118", "--lang", "ja"}, nil, exit.Success},
		{"explain_colours.txt", []string{"--explain", "SL117"}, []string{"CLICOLOR_FORCE=1", "TERM=xterm-256color", "COLORTERM=truecolor"}, exit.Success},
		{"explain.json", []string{"--explain", "SL101,SL501", "--format", "json"}, nil, exit.Success},
		{"clean.json", []string{"clean", "--format", "json"}, nil, exit.Success},
	}
	for _, test := range tests {
		t.Run(test.golden, func(t *testing.T) {
			b := checkedApps(t)
			b.Environ = test.environ
			if code := b.run(t, append([]string{"check"}, test.args...)...); code != test.code {
				t.Errorf("exit code %d, want %d: %s", code, test.code, &b.err)
			}
			got := b.out.String() + "---- standard error\n" + b.err.String()
			if strings.Contains(got, "correct-horse") {
				t.Errorf("the report shows a credential:\n%s", got)
			}
			golden := filepath.Join("testdata", "check", test.golden)
			if *updateCheck {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("run go test ./steps/command -update-check and look at the difference (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCheckJSON checks the keys of the JSON, which programs depend on.
func TestCheckJSON(t *testing.T) {
	b := checkedApps(t)
	b.run(t, "check", "sales", "--format", "json")
	var report map[string][]map[string]any
	if err := json.Unmarshal(b.out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	for list, keys := range map[string][]string{
		"findings": {
			"automatic", "column", "dir", "end_column", "end_line", "fix", "line", "message", "path", "rule", "severity", "symbol",
		},
		"skipped": {"path", "reason"},
	} {
		if len(report[list]) == 0 {
			t.Errorf("no %s", list)
		}
		for _, item := range report[list] {
			var got []string
			for key := range item {
				got = append(got, key)
			}
			slices.Sort(got)
			if diff := cmp.Diff(keys, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", list, diff)
			}
		}
	}
}

// TestCheckJobs checks that folders are reported in the order in which they were named, however many are read at a
// time.
func TestCheckJobs(t *testing.T) {
	var first []byte
	for _, jobs := range []string{"1", "2", "16"} {
		b := checkedApps(t)
		b.run(t, "check", "clean", "sales", "sales/", "./clean", "--format", "json", "-j", jobs)
		if first == nil {
			first = bytes.Clone(b.out.Bytes())
		}
		if !bytes.Equal(first, b.out.Bytes()) {
			t.Errorf("-j %s changes the order", jobs)
		}
	}
}

package command

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/survey"
)

// surveyed returns a machine whose account has many apps.
func surveyed(t *testing.T, apps int) patient {
	t.Helper()
	served := snowflaketest.Serve(t, snowflaketest.WithApps(apps))
	home := t.TempDir()
	write(t, filepath.Join(home, "connections.toml"), served.Profile())
	if err := os.Chmod(filepath.Join(home, "connections.toml"), 0o600); err != nil {
		t.Fatal(err)
	}
	return patient{fetching: fetching{t, t.TempDir(), served, []string{"SNOWFLAKE_HOME=" + home, "HOME=" + t.TempDir(), "XDG_STATE_HOME=" + t.TempDir()}}}
}

// out runs sleet and returns its standard output.
func (p patient) out(code int, args ...string) string {
	p.t.Helper()
	var out, errs strings.Builder
	host := machine.Host{In: strings.NewReader(""), Out: &out, Err: &errs, Dir: p.dir, Connect: accounts.Connect, Environ: p.environ}
	if got := Run(p.t.Context(), args, host); got != code {
		p.t.Fatalf("%v: exit code %d, want %d\n%s", args, got, code, &errs)
	}
	return out.String()
}

// TestSurvey checks that a survey has every app once, in every format, with the work of its migration.
func TestSurvey(t *testing.T) {
	t.Parallel()
	p := surveyed(t, 40)
	var report survey.Report
	if err := json.Unmarshal([]byte(p.out(exit.Success, "survey", "--code", "--format", "json", "--lang", "ja")), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Apps) != 40 || len(report.Unread) != 0 {
		t.Fatalf("%d apps, %d unread", len(report.Apps), len(report.Unread))
	}
	seen := map[survey.Effort]int{}
	for _, a := range report.Apps {
		seen[a.Effort]++
		if len(a.Reasons) == 0 || a.Created == "" || a.Changed == "" || a.Owner != "DEV" {
			t.Errorf("%+v", a)
		}
		switch {
		case a.Runtime == "container" && (a.Effort != survey.None || a.ComputePool == ""),
			a.Effort == survey.Small && (a.Manual > 0 || len(a.Blockers) > 0 || a.RootLocation != ""),
			a.Effort == survey.Large && a.Manual <= 5 && len(a.Blockers) == 0:
			t.Errorf("%s is graded %s: %+v", a.Name, a.Effort, a)
		}
	}
	for _, e := range []survey.Effort{survey.None, survey.Small, survey.Medium, survey.Large} {
		if seen[e] == 0 {
			t.Errorf("no app is graded %s", e)
		}
	}
	if text := p.out(exit.Success, "survey", "--code"); strings.Count(text, "TEAM_01.APPS.APP_") != 40 {
		t.Errorf("the table is\n%s", text)
	}
	rows, err := csv.NewReader(strings.NewReader(p.out(exit.Success, "survey", "--code", "--format", "csv"))).ReadAll()
	if err != nil || len(rows) != 41 || rows[1][0] != "TEAM_01.APPS.APP_0001" {
		t.Errorf("%v: %d rows", err, len(rows))
	}
	page := p.out(exit.Success, "survey", "--code", "--format", "html", "--lang", "ja")
	for _, bad := range []string{"http://", "https://", "src=", "<link"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page is not self-contained: %s", bad)
		}
	}
	if strings.Count(page, "<tr data-runtime=") != 40 || !strings.Contains(page, `lang="ja"`) {
		t.Errorf("the page does not have every app")
	}
	p.out(exit.Invalid, "survey", "--format", "pdf")
}

// TestSurveyResumes checks that an interrupted survey resumes.
func TestSurveyResumes(t *testing.T) {
	t.Parallel()
	p := surveyed(t, 60)
	ctx, stop := context.WithCancel(t.Context())
	watch := &watched{want: "never", seen: func() {}}
	go func() {
		for ctx.Err() == nil {
			n := 0
			for _, s := range p.account.Statements() {
				if strings.HasPrefix(s.SQL, "DESCRIBE STREAMLIT") {
					n++
				}
			}
			if n >= 20 {
				stop()
			}
		}
	}()
	host := machine.Host{In: strings.NewReader(""), Out: watch, Err: watch, Dir: p.dir, Connect: accounts.Connect, Environ: p.environ}
	if code := Run(ctx, []string{"survey", "--format", "json"}, host); code != exit.Stopped {
		t.Fatalf("exit code %d\n%s", code, watch)
	}
	before := len(p.account.Statements())
	said := p.run(exit.Success, "survey", "--format", "csv")
	if strings.Count(said, "TEAM_01.APPS.APP_") != 60 || !strings.Contains(said, "--fresh") {
		t.Errorf("output of the second run:\n%s", said)
	}
	again := 0
	for _, s := range p.account.Statements()[before:] {
		if strings.HasPrefix(s.SQL, "DESCRIBE STREAMLIT") {
			again++
		}
	}
	if again >= 55 {
		t.Errorf("the second run read %d apps of 60 again", again)
	}
	if said := p.run(exit.Success, "survey", "--format", "csv"); strings.Contains(said, "--fresh") {
		t.Errorf("a complete survey is resumed:\n%s", said)
	}
}

// TestMigrateWave checks that the lines of a survey can be used for a wave of migrations: each app gets a folder, and
// one that fails stops none.
func TestMigrateWave(t *testing.T) {
	t.Parallel()
	p := surveyed(t, 8)
	write(t, filepath.Join(p.dir, "all.csv"), p.out(exit.Success, "survey", "--code", "--format", "csv"))
	said := p.run(exit.Failure, "migrate", "moved", "--wave", "all.csv", "--yes", "--no-lock")
	folders, err := os.ReadDir(filepath.Join(p.dir, "moved"))
	if err != nil || len(folders) != 7 { // one of the eight already runs in a container
		t.Fatalf("%v: %d folders\n%s", err, len(folders), said)
	}
	for _, f := range folders {
		if answers := p.read("moved/" + f.Name() + "/sleet.toml"); !strings.Contains(answers, `runtime = "container"`) {
			t.Errorf("%s:\n%s", f.Name(), answers)
		}
	}
	write(t, filepath.Join(p.dir, "list.txt"), "# two of them\nTEAM_01.APPS.APP_0001\nTEAM_01.APPS.NO_SUCH_APP # gone\n")
	said = p.run(exit.Failure, "migrate", "again", "--wave", "list.txt", "--yes", "--no-lock")
	if !strings.Contains(said, "NO_SUCH_APP") || !strings.Contains(p.read("again/app_0001/sleet.toml"), "container") {
		t.Errorf("output:\n%s", said)
	}
	p.run(exit.Invalid, "migrate", "again", "--wave", "list.txt")
	p.run(exit.Invalid, "migrate", "again", "--wave", "none.txt", "--yes")
}

// TestSurveyUsage checks that --usage compares the warehouse apps that were used with containers, in every format, and
// reports what is missing if the role may not read usage.
func TestSurveyUsage(t *testing.T) {
	t.Parallel()
	p := surveyed(t, 7)
	now := time.Now()
	for _, q := range []struct {
		app     string
		child   bool
		ago     int
		credits float64
	}{
		{"TEAM_01.APPS.APP_0001", false, 1, 1.5},
		{"TEAM_01.APPS.APP_0001", true, 1, 0.25},
		{"TEAM_01.APPS.APP_0001", false, 2, 1},
		{"TEAM_01.APPS.APP_0001", false, 40, 100}, // before the survey's period
		{"TEAM_01.APPS.APP_0006", false, 1, 9},    // in a container
	} {
		if err := p.account.Spend(q.app, q.child, now.AddDate(0, 0, -q.ago), q.credits); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) (string, string) {
		var out, errs strings.Builder
		host := machine.Host{In: strings.NewReader(""), Out: &out, Err: &errs, Dir: p.dir, Connect: accounts.Connect, Environ: p.environ}
		if code := Run(t.Context(), append([]string{"survey", "--usage"}, args...), host); code != exit.Success {
			t.Fatalf("%v: exit code %d\n%s", args, code, &errs)
		}
		return out.String(), errs.String()
	}
	out, said := run("--format", "json")
	if strings.Contains(out, "credits") || !strings.Contains(said, "GRANT DATABASE ROLE SNOWFLAKE.USAGE_VIEWER TO ROLE DEV\n") {
		t.Errorf("without the privilege:\n%s%s", said, out)
	}
	if err := p.account.Exec("ACCOUNTADMIN", "GRANT DATABASE ROLE SNOWFLAKE.USAGE_VIEWER TO ROLE DEV"); err != nil {
		t.Fatal(err)
	}
	out, said = run("--format", "json")
	var report survey.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil || len(report.Apps) != 7 {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, a := range report.Apps {
		switch {
		case a.Name != "TEAM_01.APPS.APP_0001" && a.Usage != nil:
			t.Errorf("%s has %+v", a.Name, a.Usage)
		case a.Name == "TEAM_01.APPS.APP_0001" && (a.Usage == nil || *a.Usage != survey.Usage{Days: 2, Credits: 2.75, ContainerCredits: 11.77}):
			t.Errorf("%s has %+v", a.Name, a.Usage)
		}
	}
	if !strings.Contains(said, "0.06 credits an hour") || strings.Contains(said, "GRANT") {
		t.Error(said)
	}
	if out, _ = run("--format", "csv"); !strings.Contains(out, ",2,2.75,11.77\n") || !strings.Contains(out, ",reasons,days_used,credits,container_credits\n") {
		t.Error(out)
	}
	if out, _ = run(); !strings.Contains(out, "2.75") || !strings.Contains(out, "Container, at most") {
		t.Error(out)
	}
	if out, _ = run("--format", "html"); !strings.Contains(out, `<td class="n" data-sort="275">2.75</td><td class="n" data-sort="1177">11.77</td>`) {
		t.Error(out)
	}
	if err := p.account.Exec("ACCOUNTADMIN", "REVOKE DATABASE ROLE SNOWFLAKE.USAGE_VIEWER FROM ROLE DEV"); err != nil {
		t.Fatal(err)
	}
	if out, _ = run("--format", "html"); strings.Contains(out, "Container, at most") {
		t.Error("the table has columns that cannot be read")
	}
}

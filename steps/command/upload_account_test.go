package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/snowflake/snowflaketest/engine"
	"sleet/steps/command/exit"
)

const liveDemo = "snow://streamlit/APPS.PUBLIC.DEMO/versions/live/"

// uploadAccounts returns the traits of accounts that matter to uploads.
func uploadAccounts() map[string][]engine.Trait {
	return map[string][]engine.Trait{
		"as documented":            nil,
		"COMMIT ends the live one": {engine.CommitEndsLive},
		"sums of other things":     {engine.ListPadded},
		"both":                     {engine.CommitEndsLive, engine.ListPadded},
	}
}

// eachUpload runs a test on each of them.
func eachUpload(t *testing.T, test func(t *testing.T, account *snowflaketest.Account)) {
	t.Helper()
	for name, traits := range uploadAccounts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, snowflaketest.Serve(t, snowflaketest.With(traits...)))
		})
	}
}

// liveFiles returns the files that viewers see.
func liveFiles(t *testing.T, account *snowflaketest.Account) map[string]string {
	t.Helper()
	files, err := account.ReadFiles("DEV", liveDemo)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// write writes a file of the box's app.
func (b *box) write(name, text string) {
	b.t.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// demoApp returns a box with an applied app of two pages without secrets.
func demoApp(t *testing.T, account *snowflaketest.Account) *box {
	t.Helper()
	b := emptyBox(t, account)
	b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--set", `roles.owner="DEV"`)
	b.write("pages/one.py", "one = 1\n")
	b.must(0, "apply", "demo", "--yes")
	return b
}

// must runs sleet, which must exit with a code.
func (b *box) must(code int, args ...string) applyRun {
	b.t.Helper()
	r := b.run(nil, args...)
	if r.code != code {
		b.t.Fatalf("sleet %s: exit code %d, want %d\n%s\n%s", strings.Join(args, " "), r.code, code, r.out, r.err)
	}
	return r
}

// TestUploadAgain checks that later files reach the live version, which exists at the end, regardless of what COMMIT
// does and LIST shows, and that another apply changes nothing.
func TestUploadAgain(t *testing.T) {
	t.Parallel()
	eachUpload(t, func(t *testing.T, account *snowflaketest.Account) {
		b := demoApp(t, account)
		b.write("pages/one.py", "one = 2\n")
		b.write("pages/two.py", "two = 2\n")
		b.must(0, "apply", "demo", "--yes")
		if files := liveFiles(t, account); files["pages/one.py"] != "one = 2\n" || files["pages/two.py"] != "two = 2\n" {
			t.Errorf("viewers see %q", files)
		}
		sent := len(account.Statements())
		b.must(0, "apply", "demo", "--yes")
		if list := changing(account.Statements()[sent:]); len(list) > 0 {
			t.Errorf("an unchanged app sends\n%s", strings.Join(list, "\n"))
		}
		// Somebody's COMMIT may have ended the live version.
		if err := account.Exec("DEV", `ALTER STREAMLIT APPS.PUBLIC.DEMO ABORT`); err != nil {
			t.Fatal(err)
		}
		b.write("pages/two.py", "two = 3\n")
		b.must(0, "apply", "demo", "--yes")
		if files := liveFiles(t, account); files["pages/two.py"] != "two = 3\n" {
			t.Errorf("without a live version, viewers see %q", files)
		}
	})
}

// TestUploadIsKnownWithoutTheApp checks that files on the stage are recognized in a run that could not create the app,
// and after it, regardless of what LIST shows.
func TestUploadIsKnownWithoutTheApp(t *testing.T) {
	t.Parallel()
	eachUpload(t, func(t *testing.T, account *snowflaketest.Account) {
		b := emptyBox(t, account)
		b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--set", `roles.owner="DEV"`,
			"--set", "app.query_warehouse=MISSING")
		r := b.must(1, "apply", "demo", "--yes")
		if !strings.Contains(r.err, "  3 files, ") || strings.Contains(r.err, "does not match the plan") {
			t.Errorf("output of the run without the app:\n%s", r.err)
		}
		if r := b.must(1, "apply", "demo", "--plan"); strings.Contains(r.out+r.err, "upload 3 files") {
			t.Errorf("plan after the upload:\n%s%s", r.out, r.err)
		}
	})
}

// TestUploadKeepsEdits checks that edits made in Snowsight are kept, by the machine that deployed the app and by
// another one, at each run until one has --overwrite; then a version has them.
func TestUploadKeepsEdits(t *testing.T) {
	t.Parallel()
	eachUpload(t, func(t *testing.T, account *snowflaketest.Account) {
		b := demoApp(t, account)
		other := boxOf(t, account, b.dir)
		const edit = "one = 'edited in Snowsight'\n"
		if err := account.WriteFile("DEV", liveDemo+"pages/one.py", []byte(edit)); err != nil {
			t.Fatal(err)
		}
		b.write("pages/two.py", "two = 2\n")
		for i := range 3 {
			r := b.must(1, "apply", "demo", "--yes")
			if !strings.Contains(r.err, "pages/one.py") || !strings.Contains(r.err, "--overwrite") {
				t.Errorf("output of run %d:\n%s", i+1, r.err)
			}
		}
		other.write("pages/two.py", "two = 2\n")
		for range 2 {
			if r := other.must(1, "apply", "demo", "--yes"); !strings.Contains(r.err, "pages/one.py") {
				t.Errorf("output on another machine:\n%s", r.err)
			}
		}
		if files := liveFiles(t, account); files["pages/one.py"] != edit || files["pages/two.py"] != "two = 2\n" {
			t.Fatalf("viewers see %q", files)
		}
		other.must(0, "apply", "demo", "--yes", "--overwrite")
		if files := liveFiles(t, account); files["pages/one.py"] != "one = 1\n" {
			t.Errorf("after --overwrite viewers see %q", files)
		}
		if !versionsHave(t, account, "pages/one.py", edit) {
			t.Error("the edit is lost")
		}
		b.must(0, "apply", "demo", "--yes")
	})
}

// versionsHave reports whether one of the app's versions has a file with a content.
func versionsHave(t *testing.T, account *snowflaketest.Account, name, content string) bool {
	t.Helper()
	for _, version := range []string{"version$1", "version$2", "version$3", "version$4", "version$5", "version$6"} {
		files, err := account.ReadFiles("DEV", strings.Replace(liveDemo, "/live/", "/"+version+"/", 1))
		if err == nil && files[name] == content {
			return true
		}
	}
	return false
}

// TestUploadUnproven checks that a file that differs without evidence of an edit is replaced, with a warning, and that
// a version has the old file.
func TestUploadUnproven(t *testing.T) {
	t.Parallel()
	eachUpload(t, func(t *testing.T, account *snowflaketest.Account) {
		b := demoApp(t, account)
		other := boxOf(t, account, b.dir)
		other.write("pages/one.py", "one = 'newer'\n")
		r := other.must(0, "apply", "demo", "--yes")
		if !strings.Contains(r.err, "pages/one.py") {
			t.Errorf("no warning:\n%s", r.err)
		}
		if files := liveFiles(t, account); files["pages/one.py"] != "one = 'newer'\n" {
			t.Errorf("viewers see %q", files)
		}
		if !versionsHave(t, account, "pages/one.py", "one = 1\n") {
			t.Error("the old file is lost")
		}
	})
}

// TestUploadRemovesPages checks that a page missing from the folder is reported with the option that removes it, and
// that this removes it.
func TestUploadRemovesPages(t *testing.T) {
	t.Parallel()
	eachUpload(t, func(t *testing.T, account *snowflaketest.Account) {
		b := demoApp(t, account)
		if err := os.Remove(filepath.Join(b.dir, "pages", "one.py")); err != nil {
			t.Fatal(err)
		}
		b.write("pages/two.py", "two = 2\n")
		if r := b.must(0, "apply", "demo", "--yes"); !strings.Contains(r.err, "pages/one.py") || !strings.Contains(r.err, "--prune") {
			t.Errorf("the output does not name the option that removes the page:\n%s", r.err)
		}
		b.must(0, "apply", "demo", "--yes", "--prune")
		if files := liveFiles(t, account); files["pages/one.py"] != "" {
			t.Errorf("viewers still see %q", files)
		}
	})
}

// TestUploadNames checks that a file whose name PUT does not accept stops a run before it begins.
func TestUploadNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"it's.txt", `back\slash.txt`, "a'b/c.txt", "line\nbreak.txt"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			account := snowflaketest.Serve(t)
			b := emptyBox(t, account)
			b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC")
			b.write(name, "x")
			for _, args := range [][]string{{"apply", "demo", "--plan"}, {"apply", "demo", "--yes"}} {
				r := b.run(nil, args...)
				if r.code == exit.Success || !strings.Contains(r.err, "cannot upload") || !strings.Contains(r.err, "Rename") {
					t.Errorf("%v: exit code %d\n%s", args, r.code, r.err)
				}
			}
			if list := changing(account.Statements()); len(list) > 0 {
				t.Errorf("sent\n%s", strings.Join(list, "\n"))
			}
		})
	}
	account := snowflaketest.Serve(t)
	b := demoApp(t, account)
	for _, name := range []string{`say "hi".txt`, "two words.txt", "日本語.txt", "a;b$c%41.txt", "-x.txt"} {
		b.write(name, name)
	}
	b.must(0, "apply", "demo", "--yes")
	for _, name := range []string{`say "hi".txt`, "two words.txt", "日本語.txt", "a;b$c%41.txt", "-x.txt"} {
		if files := liveFiles(t, account); files[name] != name {
			t.Errorf("%s did not arrive: %q", name, files)
		}
	}
}

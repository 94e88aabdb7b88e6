package command

import (
	"slices"
	"strings"
	"testing"

	"sleet/snowflake/snowflaketest"
	"sleet/steps/command/exit"
)

// TestSecondApplyChangesNothing checks, on every kind of account, that one apply completes an app, in both runtimes,
// with secrets and without. Another apply sends nothing that changes anything, and a changed title is sent once.
func TestSecondApplyChangesNothing(t *testing.T) {
	t.Parallel()
	for _, runtime := range runtimesOf() {
		for _, secrets := range []bool{false, true} {
			name := runtime
			if secrets {
				name += " with secrets"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				eachAccount(t, func(t *testing.T, account *snowflaketest.Account) {
					b := emptyBox(t, account)
					if secrets {
						b = newBox(t, account, runtime)
					} else {
						b.must(0, "new", "demo", "--yes", "--no-lock", "--runtime", runtime, "--database", "APPS", "--schema", "PUBLIC", "--set", `roles.owner="DEV"`)
					}
					if r := b.apply(runtime); r.code != exit.Success {
						t.Fatalf("the first apply: exit code %d\n%s", r.code, r.err)
					}
					b.unchanged("demo")
					b.must(0, "new", "demo", "--yes", "--no-lock", "--set", `app.title="Another title"`, "--set", `app.comment="and a comment"`)
					b.must(0, "apply", "demo", "--yes")
					if app := object(account, "DEMO"); !strings.Contains(app, `TITLE "Another title"`) || !strings.Contains(app, `COMMENT "and a comment"`) {
						t.Errorf("the app is\n%s", app)
					}
					b.unchanged("demo")
				})
			})
		}
	}
}

// unchanged checks that an apply has nothing to do.
func (b *box) unchanged(app string) {
	b.t.Helper()
	sent := len(b.account.Statements())
	b.must(0, "apply", app, "--plan")
	b.must(0, "apply", app, "--yes")
	if list := changing(b.account.Statements()[sent:]); len(list) > 0 {
		b.t.Errorf("an apply with nothing to do sends\n%s", strings.Join(list, "\n"))
	}
}

// TestCallersRightsAreApplied checks that an app with caller's rights gets its caller grants, from the administrator,
// and that a second apply finds them.
func TestCallersRightsAreApplied(t *testing.T) {
	t.Parallel()
	eachAccount(t, func(t *testing.T, account *snowflaketest.Account) {
		b := emptyBox(t, account)
		b.must(0, "new", "demo", "--yes", "--no-lock", "--database", "APPS", "--schema", "PUBLIC", "--set", `roles.owner="DEV"`, "--set", "app.rights=caller")
		if r := b.apply("container"); r.code != exit.Success {
			t.Fatalf("the first apply: exit code %d\n%s", r.code, r.err)
		}
		for _, grant := range []string{"GRANT CALLER USAGE ON DATABASE APPS TO ROLE DEV", "GRANT CALLER USAGE ON SCHEMA APPS.PUBLIC TO ROLE DEV"} {
			if !slices.ContainsFunc(account.Statements(), func(s snowflaketest.Sent) bool { return strings.Contains(s.SQL, grant) }) {
				t.Errorf("%s is not sent", grant)
			}
		}
		b.unchanged("demo")
	})
}

package account

import (
	"errors"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// TestGrantStatusIsRead checks that a GRANT that the account answered with success but did not perform becomes an error
// that is handed over, and that the answers of other statements do not.
func TestGrantStatusIsRead(t *testing.T) {
	t.Parallel()
	row := func(text string) query.Rows {
		return query.Rows{Columns: []string{"status"}, Values: [][]*string{{&text}}}
	}
	for text, c1 := range map[string]struct {
		kind snowflake.Kind
		code int
	}{
		"Grant not executed: Insufficient privileges.":       {snowflake.KindGrant, query.CodeGrantRefused},
		"Grant partially executed: privileges not granted.":  {snowflake.KindGrant, query.CodeGrantInPart},
		"Statement executed successfully.":                   {snowflake.KindGrant, 0},
		"Grant not executed: this is a secret's own status.": {snowflake.KindSecret, 0},
	} {
		err := notGranted(plain{}, snowflake.Statement{Ref: snowflake.Ref{Kind: c1.kind}}, row(text))
		var f *query.Failure
		switch {
		case c1.code == 0 && err != nil:
			t.Errorf("%q gives %v", text, err)
		case c1.code != 0 && (!errors.As(err, &f) || f.Code != c1.code || !handsOver(err)):
			t.Errorf("%q gives %v, want the code %d, handed over", text, err, c1.code)
		}
	}
}

// plain is a session without secrets to hide.
type plain struct{ query.Session }

func (plain) Scrub(text string) string { return text }

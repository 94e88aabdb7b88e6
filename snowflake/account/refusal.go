package account

import (
	"errors"
	"strings"

	"sleet/snowflake"
)

// handsOver reports whether the account refused something for want of a privilege, so that somebody who
// has it, or may grant it, can make it possible. Where it says that something is not there, it may be
// that the role may not see it.
func handsOver(err error) bool {
	var f *Failure
	if !errors.As(err, &f) || f.Network || f.LogIn {
		return false
	}
	if f.is(noPrivilege, grantRefused, grantInPart, 2003, 2043, 3003, 3013, existsHidden, noLiveVersion) {
		return true
	}
	text := strings.ToLower(f.Text)
	for _, sentence := range []string{"insufficient privileges", "not authorized", "grant not executed", "does not have privilege"} {
		if strings.Contains(text, sentence) {
			return true
		}
	}
	return false
}

// The codes of refusals.
const (
	noPrivilege  = 3001
	grantInPart  = 3011
	grantRefused = 3102
	// existsHidden says that a thing exists and that the role may not use it.
	existsHidden = 3041
	// noLiveVersion says that files can be put into an app's live version only once it has one.
	noLiveVersion = 99108
)

// notGranted is the error of a GRANT that the account answered with success and did not carry out: only
// the status says so. Newer accounts answer with an error.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func (c *Client) notGranted(st snowflake.Statement, rows Rows) error {
	if st.Kind != snowflake.KindGrant || len(rows.Values) == 0 || len(rows.Values[0]) == 0 || rows.Values[0][0] == nil {
		return nil
	}
	status, code := *rows.Values[0][0], 0
	switch {
	case strings.HasPrefix(status, "Grant not executed"):
		code = grantRefused
	case strings.HasPrefix(status, "Grant partially executed"):
		code = grantInPart
	default:
		return nil
	}
	f := &Failure{Code: code, State: "42501", Text: c.scrub.Text(status), QueryID: rows.QueryID}
	f.explain()
	return f
}

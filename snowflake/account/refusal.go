package account

import (
	"errors"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// handsOver reports whether the account refused something because a privilege is missing, so that an administrator can
// grant it. "Does not exist" may mean that the role cannot see the object.
func handsOver(err error) bool {
	var f *query.Failure
	if !errors.As(err, &f) || f.Network || f.LogIn {
		return false
	}
	if f.HasCode(query.CodeNoPrivilege, query.CodeGrantRefused, query.CodeGrantInPart, 2003, 2043, 3003, 3013, query.CodeExistsHidden, query.CodeNoLiveVersion) {
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

// notGranted returns the error of a GRANT that the account answered with success but did not run: only the status
// reports it. Newer accounts answer with an error.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func notGranted(c query.Session, st snowflake.Statement, rows query.Rows) error {
	if st.Kind != snowflake.KindGrant || len(rows.Values) == 0 || len(rows.Values[0]) == 0 || rows.Values[0][0] == nil {
		return nil
	}
	status, code := *rows.Values[0][0], 0
	switch {
	case strings.HasPrefix(status, "Grant not executed"):
		code = query.CodeGrantRefused
	case strings.HasPrefix(status, "Grant partially executed"):
		code = query.CodeGrantInPart
	default:
		return nil
	}
	return query.Refusal(code, "42501", c.Scrub(status), rows.QueryID)
}

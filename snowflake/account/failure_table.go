package account

import (
	"regexp"
	"slices"
	"strconv"
	"sync"
)

// sessionGone is the code of a session that has expired.
const sessionGone = 390112

// explanation is what a code means, and what mends it.
type explanation struct {
	codes         []int
	meaning, mend string
}

// explanations is what Snowflake's codes mean to somebody who sets up an app. The codes are those
// that the account itself answers with; the pages on each statement, on key pairs, on tokens and
// on external access name most of them.
// https://docs.snowflake.com/en/user-guide/key-pair-auth-troubleshooting
// https://docs.snowflake.com/en/user-guide/programmatic-access-tokens
func explanations() []explanation {
	return []explanation{
		{[]int{1003}, "The statement is not what Snowflake's grammar expects.", "Often it is a name that needs double quotes, such as my-app: write it as \"my-app\"."},
		{[]int{1008, 1422}, "A property is not known to this account.", "The feature may not be in this account's region or edition; leave the answer that asks for it empty."},
		{[]int{2002}, "An object with this name exists already.", "Use it as it is (existing = true for a secret), choose another name, or work as the role that owns it."},
		{[]int{3041}, "An object with this name exists, and your role may not use it.", "Choose another name, or ask its owner for USAGE."},
		{[]int{2003}, "It does not exist, or your role may not see it: Snowflake does not tell which.", "Check the name's case and quotes, the role, and USAGE on its database and schema."},
		{[]int{2043}, "It does not exist, or your role may not use it.", "Check the name, and that the role has USAGE on it, which GRANT USAGE gives."},
		{[]int{noPrivilege, grantInPart, grantRefused, 3003}, "The role lacks a privilege.", "sql/admin.sql has the GRANT; the object's owner or a role with MANAGE GRANTS can run it."},
		{[]int{3013}, "The role is not granted to you.", "Take another role, or have this one granted to you with GRANT ROLE."},
		{[]int{3107}, "The session may use one role only: the token was made for it.", "Log in by other means, or with a token that is not bound to a role."},
		{[]int{606}, "No warehouse is active.", "Name one in the connection profile, or as app.query_warehouse, and have USAGE on it."},
		{[]int{90105}, "The session has no current database.", "Set app.database and app.schema in sleet.toml, or database and schema in the connection."},
		{[]int{90106}, "The session has no current schema.", "Set app.schema in sleet.toml, or schema in the connection."},
		{[]int{605}, "The account lost the statement.", "Try again."},
		{[]int{630}, "The statement took longer than the account allows.", "Try again, or raise STATEMENT_TIMEOUT_IN_SECONDS."},
		{[]int{604}, "The statement was cancelled.", ""},
		{[]int{99106}, "The app is live already.", ""},
		{[]int{509009}, "A trial account has no external access.", "If the app needs it only for packages, set python.source = \"artifact-repository\" in sleet.toml. Otherwise remove network.hosts and the secrets, or set app.runtime = \"warehouse\" without hosts."},
		{[]int{390100}, "User or password is wrong.", "Check both, and the account; sleet tries once only, because accounts lock."},
		{[]int{390102}, "The user is locked after wrong passwords.", "Wait a quarter of an hour, or have it unlocked with ALTER USER and MINS_TO_UNLOCK = 0."},
		{[]int{390144}, "The key pair is not accepted.", "Compare the key's fingerprint with RSA_PUBLIC_KEY_FP of DESCRIBE USER, and check the account and user names."},
		{[]int{394300}, "The key pair's user does not exist.", "Check the user of the profile."},
		{[]int{394302}, "The clock of this machine is off.", "Set the clock: the token's time lies outside what the account accepts."},
		{[]int{394303}, "The log-in token has expired.", "Check the clock of this machine."},
		{[]int{394304}, "The account has another public key for this user.", "Compare with RSA_PUBLIC_KEY_FP of DESCRIBE USER, and set the key with ALTER USER and RSA_PUBLIC_KEY."},
		{[]int{394306}, "The signature of the log-in token is not valid.", "Check that the private key belongs to the user's public key."},
		{[]int{394307}, "The token names another account.", "Check the account of the profile."},
		{[]int{394400}, "The programmatic access token is not accepted.", "It may have expired or been revoked, or the user has no network policy, which tokens need."},
		{[]int{390120, 390121, 390122, 390123, 390124, 390125, 390126, 390127, 390128, 390129, 390130, 390131, 390132}, "Multi-factor authentication did not go through.", "Answer the prompt of your device, or give a passcode; a method must be enrolled for the user."},
		{[]int{390195}, "The identity token kept on this machine is no longer valid.", "Log in again."},
		{[]int{390303}, "The OAuth token is not valid.", "A programmatic access token needs authenticator = \"PROGRAMMATIC_ACCESS_TOKEN\"; otherwise ask for a new token."},
		{[]int{390318}, "The OAuth token has expired.", "Ask for a new token."},
		{[]int{390189}, "The role of the profile does not exist, or is not granted to you.", "Check role in the profile."},
		{[]int{390201}, "The database or warehouse of the profile does not exist, or you may not use it.", "Check database, schema and warehouse in the profile."},
		{[]int{390422}, "This machine's address is not allowed to log in.", "Use the VPN, or have the address added to the network policy."},
		{[]int{sessionGone, 390111, 390114}, "The session has expired.", "Log in again."},
		{[]int{260000, 260001, 260002, 260016, 260020}, "The profile lacks what the log-in needs.", "Complete it; `sleet connections` shows its file and line."},
	}
}

// detail finds a more exact code within the text of a refused log-in, e.g. "[390144] … 394302".
var detail = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b39(?:43\d\d|44\d\d)\b`) })

// explain fills in meaning and mend.
func (f *Failure) explain() {
	code := f.Code
	if found := detail().FindString(f.Text); found != "" {
		code, _ = strconv.Atoi(found)
	}
	for _, e := range explanations() {
		if slices.Contains(e.codes, code) {
			f.Meaning, f.Mend = e.words("meaning", e.meaning), e.words("mend", e.mend)
			return
		}
	}
}

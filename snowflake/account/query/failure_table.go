package query

import (
	"regexp"
	"slices"
	"strconv"
	"sync"

	"sleet/ui/message"
)

// The codes of the account that decide what is done next.
const (
	// CodeSessionGone is that of a session that has expired.
	CodeSessionGone = 390112
	// CodeSyntax is that of a statement that the account does not know.
	CodeSyntax = 1003
	// CodeBound is that of a session that cannot leave its role: its token was made for that role. The log-in does not
	// tell, so it is known once the session tries to take another, which changes nothing.
	// https://docs.snowflake.com/en/user-guide/programmatic-access-tokens
	CodeBound        = 3107
	CodeNoPrivilege  = 3001
	CodeGrantInPart  = 3011
	CodeGrantRefused = 3102
	// CodeExists is that of a thing that is there already, CodeExistsHidden that of one that the role may not use.
	CodeExists       = 2002
	CodeExistsHidden = 3041
	// CodeNoLiveVersion says that files can be put into an app's live version only once it has one, CodeLiveAlready that
	// it has one.
	CodeNoLiveVersion = 99108
	CodeLiveAlready   = 99106
)

// explainedCodes are the codes whose meaning is in the catalogues, as failure.CODE.meaning and
// failure.CODE.fix under the first code of a row; a code without a fix needs none. The codes are those
// that the account itself answers with; the pages on each statement, on key pairs, on tokens and
// on external access name most of them.
// https://docs.snowflake.com/en/user-guide/key-pair-auth-troubleshooting
// https://docs.snowflake.com/en/user-guide/programmatic-access-tokens
var explainedCodes = [][]int{
	{CodeSyntax},
	{1008, 1422},
	{CodeExists},
	{CodeExistsHidden},
	{2003},
	{2043},
	{CodeNoPrivilege, CodeGrantInPart, CodeGrantRefused, 3003},
	{3013},
	{CodeBound},
	{606},
	{90105},
	{90106},
	{605},
	{630},
	{604},
	{CodeLiveAlready},
	{509009},
	{390100},
	{390102},
	{390144},
	{394300},
	{394302},
	{394303},
	{394304},
	{394306},
	{394307},
	{394400},
	{390120, 390121, 390122, 390123, 390124, 390125, 390126, 390127, 390128, 390129, 390130, 390131, 390132},
	{390195},
	{390303},
	{390318},
	{390189},
	{390201},
	{390422},
	{CodeSessionGone, 390111, 390114},
	{260000, 260001, 260002, 260016, 260020},
}

// detail finds a more exact code within the text of a refused log-in, e.g. "[390144] … 394302".
var detail = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b39(?:43\d\d|44\d\d)\b`) })

// Explain fills in meaning and fix from the code.
func (f *Failure) Explain() {
	code := f.Code
	if found := detail().FindString(f.Text); found != "" {
		code, _ = strconv.Atoi(found)
	}
	for _, codes := range explainedCodes {
		if !slices.Contains(codes, code) {
			continue
		}
		first := strconv.Itoa(codes[0])
		f.Meaning = message.New(message.ID("failure." + first + ".meaning"))
		if fix := message.ID("failure." + first + ".fix"); message.Known(fix) {
			f.Fix = message.New(fix)
		}
		return
	}
}

package query

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sleet/ui/message"
)

// Codes of the account that sleet reacts to.
const (
	// CodeSessionGone: the session has expired.
	CodeSessionGone = 390112
	// CodeUnsupported: the account does not have the feature.
	CodeUnsupported = 2
	// CodeSyntax: the account does not know the statement.
	CodeSyntax = 1003
	// CodeRoleBound: the session cannot change its role, because its token was issued for that role. Only an attempt to
	// change the role shows this; it changes nothing.
	// https://docs.snowflake.com/en/user-guide/programmatic-access-tokens
	CodeRoleBound    = 3107
	CodeNoPrivilege  = 3001
	CodeGrantInPart  = 3011
	CodeGrantRefused = 3102
	// CodeNoWarehouse: the session has no warehouse that its role may use.
	CodeNoWarehouse = 606
	// CodeExists: the object exists. CodeExistsHidden: it exists, but the role may not use it.
	CodeExists       = 2002
	CodeExistsHidden = 3041
	// CodeNoLiveVersion: the app has no live version to put files into. CodeLiveAlready: it has one.
	CodeNoLiveVersion = 99108
	CodeLiveAlready   = 99106
)

// explainedCodes are the codes with a meaning in the catalogues: failure.CODE.meaning and failure.CODE.fix with the
// first code of a row. A code without a fix needs none. The pages on statements, key pairs, tokens and external access
// name most of these codes.
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
	{CodeRoleBound},
	{CodeNoWarehouse},
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

// namedErrors are errors that share a number with others and that the text names: each has all words in it.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
var namedErrors = []struct {
	words        []string
	meaning, fix message.ID
}{
	{[]string{"STREAMLIT_COMPUTE_POOL_NOT_SET"}, "failure.pool_not_set.meaning", "failure.pool_not_set.fix"},
	{[]string{"STREAMLIT_VALIDATION_FAILURE_NO_USAGE_ON_COMPUTE_POOL"}, "failure.pool_usage.meaning", "failure.pool_usage.fix"},
	{[]string{"STREAMLIT_COMPUTE_POOL_NO_AUTO_RESUME"}, "failure.pool_auto_resume.meaning", "failure.pool_auto_resume.fix"},
	{[]string{"STREAMLIT_NO_IMPORTS_CONTAINER_RUNTIME"}, "failure.no_imports.meaning", "failure.no_imports.fix"},
	{[]string{"STREAMLIT_NO_EXECUTION_MODE_CONTAINER_RUNTIME"}, "failure.no_execution_mode.meaning", "failure.no_execution_mode.fix"},
	{[]string{"INVALID PROPERTY", "RUNTIME_NAME"}, "failure.no_containers.meaning", "failure.no_containers.fix"},
	{[]string{"INVALID PROPERTY", "COMPUTE_POOL"}, "failure.no_containers.meaning", "failure.no_containers.fix"},
}

// explainName explains an error by its name; ok is false if the text has no known name.
func (f *Failure) explainName() (ok bool) {
	text := strings.ReplaceAll(strings.ToUpper(f.Text), "INVALID_PROPERTY", "INVALID PROPERTY")
	for _, e := range namedErrors {
		if !slices.ContainsFunc(e.words, func(word string) bool { return !strings.Contains(text, word) }) {
			f.Meaning, f.Fix = message.New(e.meaning), message.New(e.fix)
			return true
		}
	}
	return false
}

// detail matches a more precise code in the text of a refused login, such as "[390144] … 394302".
var detail = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b39(?:43\d\d|44\d\d)\b`) })

// Explain sets the meaning and the fix of the error.
func (f *Failure) Explain() {
	if f.explainName() {
		return
	}
	code := f.Code
	if found := detail().FindString(f.Text); found != "" {
		code, _ = strconv.Atoi(found)
	}
	if (code == 1008 || code == 1422) && strings.Contains(f.Text, "does not exist") {
		code = 2003 // a property names a missing object, such as a warehouse
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

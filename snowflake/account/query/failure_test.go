package query

import (
	"fmt"
	"strings"
	"testing"
)

// TestEveryKnownCodeIsExplained checks that each code has an explanation and that the account's own message stays.
func TestEveryKnownCodeIsExplained(t *testing.T) {
	t.Parallel()
	known := []int{
		1003, 1008, 1422, 2002, 3041, 2003, 2043, 3001, 3013, 606, 90105, 605, 630, 99106, 509009, 3107,
		390100, 390102, 390144, 394300, 394302, 394303, 394304, 394306, 394307, 394400, 390195, 390303, 390318,
		390189, 390201, 390422, 390112,
	}
	for code := 390120; code <= 390132; code++ {
		known = append(known, code)
	}
	for _, code := range known {
		f := Refusal(code, "42000", "what the server says", "01b0-q")
		if f.Meaning.IsZero() {
			t.Errorf("%06d means nothing", code)
		}
		for _, part := range []string{fmt.Sprintf("%06d", code), "42000", "what the server says", "01b0-q", f.Fix.String()} {
			if !strings.Contains(f.Error(), part) {
				t.Errorf("the text of %06d lacks %q:\n%s", code, part, f.Error())
			}
		}
	}
	seen := map[int]bool{}
	for _, codes := range explainedCodes {
		for _, code := range codes {
			if seen[code] {
				t.Errorf("%06d is explained twice", code)
			}
			seen[code] = true
		}
	}
}

// TestMissingObjectOfAProperty checks that a property which names a missing object is not explained as one that the
// account does not support.
func TestMissingObjectOfAProperty(t *testing.T) {
	t.Parallel()
	missing := Refusal(2003, "02000", "", "").Meaning
	for text, want := range map[string]bool{
		"SQL compilation error: The specified warehouse WH does not exist or not authorized.": true,
		"SQL compilation error: Secret 'S' does not exist or operation not authorized.":       true,
		"SQL compilation error: invalid value ['X'] for parameter 'RUNTIME_NAME'":             false,
	} {
		if f := Refusal(1008, "22023", text, ""); (f.Meaning.ID == missing.ID) != want {
			t.Errorf("Refusal(1008, %q) means %q", text, f.Meaning)
		}
	}
}

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

// TestNamedErrors checks that errors which share a number are explained by their name.
func TestNamedErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"STREAMLIT_COMPUTE_POOL_NOT_SET: no pool":                                                 "DEFAULT_STREAMLIT_COMPUTE_POOL",
		"STREAMLIT_VALIDATION_FAILURE_NO_USAGE_ON_COMPUTE_POOL: no USAGE on the compute pool 'P'": "GRANT USAGE ON COMPUTE POOL",
		"STREAMLIT_COMPUTE_POOL_NO_AUTO_RESUME: the compute pool 'P' has AUTO_RESUME = FALSE":     "SET AUTO_RESUME = TRUE",
		"STREAMLIT_NO_IMPORTS_CONTAINER_RUNTIME: IMPORTS is not supported":                        "IMPORTS",
		"STREAMLIT_NO_EXECUTION_MODE_CONTAINER_RUNTIME: EXECUTE AS is not supported":              "EXECUTE AS",
		"SQL compilation error:\ninvalid property 'COMPUTE_POOL' for 'STREAMLIT'":                 "account team",
		"SQL compilation error:\nINVALID_PROPERTY 'RUNTIME_NAME'":                                 "account team",
		"SQL compilation error:\ninvalid value ['MY_API'] for parameter 'API_AUTHENTICATION'":     "Correct the answer",
		"SQL compilation error:\ninvalid property 'ARTIFACT_REPOSITORIES' for 'STREAMLIT'":        "region or edition",
		"SQL compilation error: ROOT_LOCATION stages are not supported for vNext applications":    "property or its value",
	} {
		f := Refusal(1008, "22023", text, "")
		if said := f.Meaning.String() + " " + f.Fix.String(); !strings.Contains(said, want) {
			t.Errorf("%s is explained as %q, want %q in it", text, said, want)
		}
	}
}

package deploy_test

import (
	"os"
	"testing"

	"sleet/scaffold/testtools"
	"sleet/snowflake/account"
)

// TestMain makes the hashes of values cheap, because the tests create hundreds, and checks that no run leaves anything
// behind.
func TestMain(m *testing.M) {
	account.CheapMarks()
	os.Exit(testtools.NoLeaks{M: m}.Run())
}

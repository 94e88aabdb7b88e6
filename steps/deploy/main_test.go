package deploy_test

import (
	"os"
	"testing"

	"sleet/scaffold/testtools"
	"sleet/snowflake/account"
)

// TestMain makes the marks of values cheap, hundreds of which are made here, and holds that no run leaves anything behind.
func TestMain(m *testing.M) {
	account.CheapMarks()
	os.Exit(testtools.NoLeaks{M: m}.Run())
}

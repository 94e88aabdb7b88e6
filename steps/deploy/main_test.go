package deploy_test

import (
	"os"
	"testing"

	"sleet/snowflake/account"
)

// TestMain makes the marks of values cheap: hundreds of them are made here.
func TestMain(m *testing.M) {
	account.CheapMarks()
	os.Exit(m.Run())
}

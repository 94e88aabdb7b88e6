package command

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMigrate runs sleet migrate as a whole, in folders of its own.
func TestMigrate(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/migrate", RequireExplicitExec: true})
}

package deploy_test

import (
	"os"
	"testing"

	"sleet/scaffold/testtools"
)

// TestMain checks that no run leaves anything behind.
func TestMain(m *testing.M) { os.Exit(testtools.NoLeaks{M: m}.Run()) }

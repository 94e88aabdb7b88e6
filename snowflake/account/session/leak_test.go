package session_test

import (
	"os"
	"testing"

	"sleet/scaffold/testtools"
)

// TestMain checks that a session leaves nothing behind once it is closed.
func TestMain(m *testing.M) { os.Exit(testtools.NoLeaks{M: m}.Run()) }

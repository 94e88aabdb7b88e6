package safely_test

import (
	"testing"

	"sleet/snowflake/safely"
)

func TestVisible(t *testing.T) {
	t.Parallel()
	got := safely.Visible("a\x1b[2Jb\u202ec\x7f\x9b\n")
	if want := "a␛[2Jb�c␡�\n"; got != want {
		t.Errorf("Visible = %q, want %q", got, want)
	}
}

package account

import (
	"strings"
	"testing"

	"sleet/snowflake"
)

// TestMark checks that a mark matches only its own value, no matter how the value is split, and does not reveal it.
func TestMark(t *testing.T) {
	t.Parallel()
	value := []snowflake.Secret{snowflake.NewSecret("user"), snowflake.NewSecret("s3cr3t")}
	mark, err := HashValue(value...)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := HashValue(value...)
	if mark == again || strings.Contains(mark, "s3cr3t") {
		t.Errorf("the marks are %s and %s", mark, again)
	}
	if !MatchesHash(mark, value...) || !MatchesHash(again, value...) {
		t.Error("the value does not match its own mark")
	}
	for _, other := range [][]snowflake.Secret{
		{snowflake.NewSecret("users3cr3t")}, {snowflake.NewSecret("s3cr3t"), snowflake.NewSecret("user")}, {snowflake.NewSecret("users"), snowflake.NewSecret("3cr3t")}, nil,
	} {
		if MatchesHash(mark, other...) {
			t.Errorf("%d parts match the mark of another value", len(other))
		}
	}
	if MatchesHash("", value...) || MatchesHash("no mark", value...) {
		t.Error("a text that is not a mark matches")
	}
}

// TestMarkCost checks that marks are cheap only in tests: with a cheap mark, a journal would reveal weak values.
func TestMarkCost(t *testing.T) {
	t.Parallel()
	if n := hashCost(false); n < 1<<15 {
		t.Errorf("a mark of the program costs %d", n)
	}
	if !tested() {
		t.Error("a test is not known for one")
	}
}

package steps

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A key pair needs the key's file, and the connection that is written names it.
func TestNewConnectionByKey(t *testing.T) {
	var added []Profile
	account := fakeAccount(waiting(planned()))
	account.AddProfile = func(p Profile) error { added = append(added, p); return nil }
	h := going(t, "en", account).keys("a").typed("dev2").keys("tab").typed("MYORG-DEV").keys("tab").typed("ROBOT")
	h = h.keys("tab", "down", "down", "down", "enter")
	for range len(profileFields()) {
		h = h.keys("enter")
	}
	if got := h.top().focus(); got != newProfilePrefix+"file" || len(added) != 0 {
		t.Fatalf("%d written, at %s:\n%s", len(added), got, h.screen())
	}
	h = h.typed("~/.ssh/robot.p8")
	for range len(profileFields()) {
		if len(added) == 0 {
			h = h.keys("enter")
		}
	}
	want := []Profile{{Name: "dev2", Account: "MYORG-DEV", User: "ROBOT", Authenticator: "snowflake_jwt", KeyFile: "~/.ssh/robot.p8"}}
	if diff := cmp.Diff(want, added); diff != "" {
		t.Errorf("written (-want +got):\n%s\n%s", diff, h.screen())
	}
}

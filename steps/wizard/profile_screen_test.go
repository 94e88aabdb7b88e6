package wizard

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/steps"
)

// TestNewConnectionByKey checks that a key pair requires the key's file, and that the connection names it.
func TestNewConnectionByKey(t *testing.T) {
	var added []steps.Profile
	account := fakeAccount(waiting(planned()))
	account.AddProfile = func(p steps.Profile) error { added = append(added, p); return nil }
	h := going(t, "en", account).keys("end", "enter").typed("dev2").keys("tab").typed("MYORG-DEV").keys("tab").typed("ROBOT")
	h = written(h.keys("tab", "down", "down", "down", "enter"))
	if got := h.top().Focus(); got != newProfilePrefix+"file" || len(added) != 0 {
		t.Fatalf("%d written, at %s:\n%s", len(added), got, h.screen())
	}
	h = written(h.typed("~/.ssh/robot.p8"))
	want := []steps.Profile{{Name: "dev2", Account: "MYORG-DEV", User: "ROBOT", Authenticator: "snowflake_jwt", KeyFile: "~/.ssh/robot.p8"}}
	if diff := cmp.Diff(want, added); diff != "" {
		t.Errorf("written (-want +got):\n%s\n%s", diff, h.screen())
	}
}

// written presses enter through the fields of a new connection to the button that writes it, and presses that.
func written(h hand) hand {
	for range steps.ProfileFields() {
		if h.top().Focus() != newProfilePrefix+"write" {
			h = h.keys("enter")
		}
	}
	return h.keys("enter")
}

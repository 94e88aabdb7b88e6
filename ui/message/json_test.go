package message_test

import (
	"encoding/json"
	"testing"

	"sleet/ui/message"
)

// TestJSON checks that JSON contains the English text, which survives a round trip.
func TestJSON(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(message.New("new.kept", "paths", "a.py"))
	if err != nil || string(data) != `"kept with your edits: a.py"` {
		t.Fatalf("Marshal = %s, %v", data, err)
	}
	var back message.Message
	if err := json.Unmarshal(data, &back); err != nil || back.String() != "kept with your edits: a.py" {
		t.Errorf("Unmarshal = %q, %v", back, err)
	}
}

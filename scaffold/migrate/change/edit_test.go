package change

import "testing"

func TestEdits(t *testing.T) {
	t.Parallel()
	source := []byte("one two three")
	edits := []Edit{
		{Path: "a", Start: 8, End: 13, New: "drei"},
		{Path: "b", Start: 0, End: 13, New: "nothing"},
		{Path: "a", Start: 0, End: 3, New: "eins"},
		{Path: "a", Start: 4, End: 4, New: "und "},
	}
	own := EditsOf("a", edits)
	got, err := ApplyEdits(source, own)
	if err != nil || string(got) != "eins und two drei" {
		t.Errorf("got %q, %v", got, err)
	}
	for offset, want := range map[int]int{0: 0, 2: 0, 3: 4, 4: 9, 7: 12, 8: 13, 13: 17} {
		if got := NewEditedLines(own, nil).moved(offset); got != want {
			t.Errorf("byte %d moved to %d, want %d", offset, got, want)
		}
	}
	for name, bad := range map[string][]Edit{
		"overlap":  {{Path: "a", Start: 0, End: 5}, {Path: "a", Start: 4, End: 6}},
		"past end": {{Path: "a", Start: 4, End: 99}},
		"reversed": {{Path: "a", Start: 4, End: 3}},
	} {
		if _, err := ApplyEdits(source, bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

package steps_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
)

// TestChangedEditedAndGoneFiles holds what a later apply does about files.
func TestChangedEditedAndGoneFiles(t *testing.T) {
	t.Parallel()
	r := newRig(t, scaffold.Container)
	write(t, r.d.Dir, "pages/a.py", "1\n")
	write(t, r.d.Dir, "pages/a.py.py", "1\n")
	r.whole()

	write(t, r.d.Dir, "streamlit_app.py", "print('changed')\n")
	before := len(r.changes())
	r.whole()
	// The driver sends a PUT twice where it needs an address for the file.
	sent := slices.Compact(slices.Clone(r.changes()[before:]))
	if len(sent) != 3 || !strings.Contains(sent[0], "COMMIT") || !strings.HasPrefix(sent[1], "PUT") || !strings.Contains(sent[2], "RESTART") {
		t.Errorf("a changed file sends %q", sent)
	}

	if err := os.Remove(filepath.Join(r.d.Dir, "pages", "a.py")); err != nil {
		t.Fatal(err)
	}
	if s := r.whole(); !slices.Equal(s.Gone, []string{"pages/a.py"}) {
		t.Errorf("gone: %q", s.Gone)
	}
	r.d.Prune = true
	r.whole()
	if s := r.whole(); len(s.Gone) != 0 || s.Changes() {
		t.Errorf("after --prune: gone %q, %v", s.Gone, s.Uploads)
	}
	if !strings.Contains(r.account.Snapshot(), "a.py.py") {
		t.Error("a file went with another whose path it begins with")
	}

	// What this machine did not send may have been edited.
	r.store.Root = t.TempDir()
	write(t, r.d.Dir, "streamlit_app.py", "print('changed again')\n")
	s, done, err := r.apply(context.Background())
	if err != nil || done.Failed != 1 || !slices.Equal(s.Edited, []string{"streamlit_app.py"}) {
		t.Errorf("an edited file: %v %+v %q", err, done, s.Edited)
	}
	r.d.Overwrite = true
	r.whole()
	if s := r.whole(); s.Changes() {
		t.Errorf("after --overwrite: %q", s.Uploads)
	}
}

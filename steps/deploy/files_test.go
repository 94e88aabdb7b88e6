package deploy_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold"
	"sleet/snowflake/account/profile"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/session"
)

// TestChangedEditedAndRemovedFiles checks how a later run handles files.
func TestChangedEditedAndRemovedFiles(t *testing.T) {
	t.Parallel()
	r := newRig(t, scaffold.Container)
	write(t, r.d.Dir, "pages/a.py", "1\n")
	write(t, r.d.Dir, "pages/a.py.py", "1\n")
	r.applyWhole()

	write(t, r.d.Dir, "streamlit_app.py", "print('changed')\n")
	before := len(r.changes())
	r.applyWhole()
	// The driver sends a PUT twice if it needs a URL for the file.
	sent := slices.Compact(slices.Clone(r.changes()[before:]))
	want := []string{"COMMIT", "ADD LIVE VERSION", "PUT", "COMMIT", "ADD LIVE VERSION", "RESTART"}
	if !slices.EqualFunc(sent, want, strings.Contains) {
		t.Errorf("statements for a changed file: %q, want %q", sent, want)
	}

	if err := os.Remove(filepath.Join(r.d.Dir, "pages", "a.py")); err != nil {
		t.Fatal(err)
	}
	if s := r.applyWhole(); !slices.Equal(s.Gone, []string{"pages/a.py"}) {
		t.Errorf("Gone = %q, want pages/a.py", s.Gone)
	}
	r.d.Prune = true
	r.applyWhole()
	if s := r.applyWhole(); len(s.Gone) != 0 || s.Changes() {
		t.Errorf("after --prune: Gone = %q, Uploads = %v", s.Gone, s.Uploads)
	}
	if !strings.Contains(r.account.Snapshot(), "a.py.py") {
		t.Error("removing pages/a.py removed pages/a.py.py, too")
	}
}

// TestFilesOnANewMachine checks that a machine without a journal sends files that nobody edited since the last upload,
// and asks about those that somebody edited.
func TestFilesOnANewMachine(t *testing.T) {
	t.Parallel()
	r := newRig(t, scaffold.Container)
	r.applyWhole()
	for _, text := range []string{"print('changed')\n", "print('changed again')\n"} {
		r.store.Root = t.TempDir()
		write(t, r.d.Dir, "streamlit_app.py", text)
		if s := r.applyWhole(); len(s.Edited) != 0 {
			t.Errorf("Edited = %q, want none", s.Edited)
		}
	}
	r.edit("streamlit_app.py", "print('edited in Snowsight')\n")
	r.store.Root = t.TempDir()
	write(t, r.d.Dir, "streamlit_app.py", "print('changed once more')\n")
	s, done, err := r.apply(context.Background())
	if err != nil || done.Failed != 1 || !slices.Equal(s.Edited, []string{"streamlit_app.py"}) {
		t.Errorf("with an edited file: Apply = %+v, %v; Edited = %q", done, err, s.Edited)
	}
	r.d.Overwrite = true
	r.applyWhole()
	if s := r.applyWhole(); s.Changes() {
		t.Errorf("after --overwrite: Uploads = %q", s.Uploads)
	}
}

// edit writes a file to the live version, like Snowsight.
func (r *rig) edit(name, text string) {
	r.t.Helper()
	profile, err := profile.Read(profile.Env{Environ: []string{
		"SNOWFLAKE_CONNECTIONS=" + r.account.Profile(), "SNOWFLAKE_HOME=/sleet-no-such-folder",
	}}).Pick("demo")
	if err != nil {
		r.t.Fatal(err)
	}
	client, err := session.Open(context.Background(), profile, nil, session.Options{Application: "Snowsight"})
	if err != nil {
		r.t.Fatal(err)
	}
	defer client.Close() //nolint:errcheck // The account ends soon.
	_, err = query.Put(context.Background(), client, query.File{
		Name: name, Folder: "snow://streamlit/APPS.PUBLIC.DEMO/versions/live", Content: strings.NewReader(text),
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

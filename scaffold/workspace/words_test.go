package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sleet/scaffold"
	"sleet/ui/message"
)

// TestFolderErrorInEachLanguage checks that folder errors are complete in every language.
func TestFolderErrorInEachLanguage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, place := Write(file, scaffold.App{}, filesOf("a.py", "1\n"), Options{})
	for name, err := range map[string]error{
		"a place": place, "the disk": NewFolderError("a.py", "folder.not_written", syscall.ENOSPC), "the rest": NewFolderError("a.py", "folder.not_replaced", os.ErrClosed).With("folder.note.before_written"),
	} {
		english, japanese := message.Of(err).In(message.For("en").T), message.Of(err).In(message.For("ja").T)
		if english != err.Error() {
			t.Errorf("%s: Error() = %q, English message = %q", name, err, english)
		}
		for _, word := range []string{"folder", " the ", "again", "cannot"} {
			if strings.Contains(japanese, word) {
				t.Errorf("%s: Japanese message = %q", name, japanese)
			}
		}
	}
}

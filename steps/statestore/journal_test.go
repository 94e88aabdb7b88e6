package statestore

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/snowflake/account/stage"
)

func journal(t *testing.T, s Store) *Journal {
	t.Helper()
	j, err := s.OpenJournal("/apps/demo", "ORG-ACCOUNT")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j
}

func record(t *testing.T, j *Journal, entries ...account.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := j.Record(e); err != nil {
			t.Fatal(err)
		}
	}
}

var rule = snowflake.Ref{Kind: snowflake.KindNetworkRule, Name: snowflake.ShownName("D.S.R")}

func TestJournalPersists(t *testing.T) {
	s := store(t)
	first := journal(t, s)
	if len(files(t, s)) != 0 || !first.Resumes().IsZero() {
		t.Error("an empty journal has a file or a stopped run")
	}
	record(t, first,
		account.Entry{Event: account.EventPlan},
		account.Entry{Event: account.EventStart, Ref: rule, Action: snowflake.ActionCreate, Makes: true, Undo: []string{"DROP NETWORK RULE D.S.R"}})
	second := journal(t, s)
	if !second.Created()[rule] {
		t.Error("Created lacks the object of the interrupted step")
	}
	if got := second.Resumes().String(); !strings.Contains(got, "network rule D.S.R") || !strings.Contains(got, "has just checked") {
		t.Errorf("Resumes() = %q", got)
	}
	record(t, second,
		account.Entry{Event: account.EventPlan},
		account.Entry{Event: account.EventProgress, Path: "a.py", Sent: &stage.SentFile{Hash: "h", MD5: "m"}},
		account.Entry{Event: account.EventSummary})
	if err := second.KeepManifest(stage.Manifest{"a.py": {Hash: "h"}}); err != nil {
		t.Fatal(err)
	}
	third := journal(t, s)
	if !third.Resumes().IsZero() || third.Manifest()["a.py"].Hash != "h" {
		t.Errorf("after a complete run: Resumes() = %q, Manifest() = %v", third.Resumes(), third.Manifest())
	}
	other, err := s.OpenJournal("/apps/demo", "ORG-OTHER")
	if err != nil || len(other.Created()) != 0 {
		t.Errorf("another account has the same journal: %v", err)
	}
	all := files(t, s)
	if len(all) != 1 {
		t.Fatalf("files %q, want one", all)
	}
	if info, err := os.Stat(all[0]); runtime.GOOS != "windows" && (err != nil || info.Mode() != 0o600) {
		t.Errorf("mode of the journal %v, %v; want 0600", info.Mode(), err)
	}
}

func TestJournalSkipsTornLines(t *testing.T) {
	s := store(t)
	j := journal(t, s)
	record(t, j, account.Entry{Event: account.EventPlan},
		account.Entry{Event: account.EventDone, Ref: rule, Makes: true, Action: snowflake.ActionCreate})
	path := files(t, s)[0]
	whole, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(whole) {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		again := journal(t, s)
		record(t, again, account.Entry{Event: account.EventDone, Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName("K")}, Makes: true})
		if last := journal(t, s); !last.Created()[snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.ShownName("K")}] {
			t.Errorf("truncated to %d bytes, the next entry is lost", cut)
		}
	}
}

func FuzzParseJournal(f *testing.F) {
	f.Add([]byte(`{"event":"plan"}` + "\n" + `{"event":"start","Kind":"secret","Name":"K","makes":true}` + "\n{"))
	f.Add([]byte("\x00\n\n{}\n[]"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		account.ReadHistory(parseJournal(data))
	})
}

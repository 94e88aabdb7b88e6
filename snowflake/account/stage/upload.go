package stage

import (
	"cmp"
	"context"
	"crypto/md5" //nolint:gosec // It is what LIST shows, and guards nothing.
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// Sent is what is known of a file that was sent.
type Sent struct {
	// Hash is the SHA-256 of its text, Own the MD5, Size its length.
	Hash string `json:"hash"`
	Own  string `json:"own,omitempty"`
	Size int64  `json:"size,omitempty"`
	// MD5 is what LIST said of it right afterwards: where the stage encrypts on the client's side it
	// is not the text's own, but it changes with it.
	MD5 string `json:"md5,omitempty"`
	// Live reports whether it went to the live version; Pending that no answer came yet.
	Live    bool `json:"live,omitempty"`
	Pending bool `json:"pending,omitempty"`
}

// Manifest is what was sent of an app, by path.
type Manifest map[string]Sent

// Upload is an app's files and where they go.
type Upload struct {
	// Files are the texts by their paths, with slashes.
	Files map[string][]byte
	// Withheld are files of the folder that are not sent.
	Withheld []string
	// Stage is @STAGE/dir; Live is the live version's location as the account gives it, empty while
	// the app has none. App is the app's name.
	Stage, Live string
	App         snowflake.Name
	// Last is the location of the last version that was committed; empty while the app is not there.
	Last string
	// Role owns the app.
	Role snowflake.Name
	// Manifest is what was sent before.
	Manifest Manifest
	// Superseded are contents of the past, by path: what a migration replaced or removed.
	Superseded map[string][][]byte
	// Obsolete reports whether a file that the folder no longer has is to be removed unasked: it lists
	// the packages of another runtime, say.
	Obsolete func(path string) bool
	// Overwrite allows files edited in Snowsight to be replaced, Prune those to be removed that the
	// folder no longer has.
	Overwrite, Prune bool
	// Send are the paths to send. Edited are those that were provably edited in Snowsight, so they are
	// kept. Unproven are those to send that differ in the account, and nothing tells why. Remove are
	// those to remove, Gone those that are only in the account and stay there unless Prune is set.
	// Check fills them in.
	Send, Edited, Unproven, Remove, Gone []string
	// read are files of which only reading told that the account has them.
	read []string
	// listed is what LIST said last of what is at the target, where nothing was sent since.
	listed map[string]Listed
}

// KeptError says which files somebody edited in Snowsight, so that they were not replaced.
type KeptError struct{ Paths []string }

// Error names the files and what replaces them.
func (e *KeptError) Error() string {
	return e.Says().String()
}

// Says returns the words.
func (e *KeptError) Says() message.Message {
	return message.New("failure.kept", "files", strings.Join(e.Paths, ", "))
}

// Target is where the files are, or go: the live version, the last one where no version is live, and
// the stage before the app is created.
func (u *Upload) Target() string {
	return cmp.Or(u.Live, u.Last, u.Stage)
}

// Deployed reports whether the app is there, so that its files are in versions.
func (u *Upload) Deployed() bool { return u.Live != "" || u.Last != "" }

// Uses are the paths of what was sent.
func (u *Upload) Uses() []string { return slices.Sorted(maps.Keys(u.Manifest)) }

// Found is the upload as a plan's resource: the files that change anything, and in words how many stay
// as they are, and which do not.
func (u *Upload) Found() snowflake.Observed {
	found := snowflake.Observed{Presence: snowflake.Present, Files: &snowflake.FileChanges{}}
	if len(u.Manifest) == 0 && u.Last == "" && u.Live == "" {
		found.Presence = snowflake.Absent
	}
	changed := slices.Concat(u.Send, u.Edited, u.Remove)
	var words []message.Message
	add := func(id message.ID, names []string) {
		if len(names) > 0 {
			words = append(words, message.New(id, "files", some(names)))
		}
	}
	add("planned.files.send", u.Send)
	if u.Overwrite {
		add("planned.files.replace", u.Edited)
	} else {
		add("planned.files.keep", u.Edited)
	}
	add("planned.files.unproven", u.Unproven)
	add("planned.files.withhold", u.Withheld)
	removed := slices.Clone(u.Remove)
	if u.Prune {
		removed = append(removed, u.Gone...)
		changed = append(changed, u.Gone...)
	}
	add("planned.files.remove", removed)
	found.Files.Changed, found.Files.Done = changed, message.Join("; ", words...)
	if same := len(u.Files) - len(u.Send) - len(u.Edited); same > 0 || found.Presence == snowflake.Present {
		found.Files.Kept = message.New("planned.files.same", "files", files(same))
	}
	return found
}

// some names some files, every one of them: a person must see what leaves the machine.
func some(names []string) message.Message {
	return message.New("planned.files.some", "files", files(len(names)), "names", strings.Join(names, ", "))
}

func files(n int) message.Message {
	if n == 1 {
		return message.New("planned.files.single")
	}
	return message.New("planned.files.count", "count", n)
}

// SentOf returns what can be said of a text before it is sent.
func SentOf(data []byte) Sent {
	long := sha256.Sum256(data)
	short := md5.Sum(data) //nolint:gosec // It is what LIST shows, and guards nothing.
	return Sent{Hash: hex.EncodeToString(long[:]), Own: hex.EncodeToString(short[:]), Size: int64(len(data))}
}

// List returns what is at the target, by path, and keeps it.
func (u *Upload) List(ctx context.Context, s query.Session) (map[string]Listed, error) {
	listed, err := List(ctx, query.Steady(s, u.Role), u.Target())
	u.listed = listed
	return listed, err
}

// Keep keeps what LIST said last of what is at the target; nil once something was sent since.
func (u *Upload) Keep(listed map[string]Listed) { u.listed = listed }

// OnlyRead are the files of which only reading told that the account has them.
func (u *Upload) OnlyRead() []string { return u.read }

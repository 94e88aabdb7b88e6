package stage

import (
	"cmp"
	"context"
	"crypto/md5" //nolint:gosec // LIST shows an md5; it is not used for security.
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/ui/message"
)

// SentFile describes an uploaded file.
type SentFile struct {
	// Hash is the SHA-256 of the content, Own its MD5, Size its length.
	Hash string `json:"hash"`
	Own  string `json:"own,omitempty"`
	Size int64  `json:"size,omitempty"`
	// MD5 is the sum that LIST showed right after the upload. With client-side encryption it is not the MD5 of the
	// content, but it changes with it.
	MD5 string `json:"md5,omitempty"`
	// Live reports whether it was uploaded to the live version; Pending whether no answer has come yet.
	Live    bool `json:"live,omitempty"`
	Pending bool `json:"pending,omitempty"`
}

// Manifest describes the uploaded files of an app, by path.
type Manifest map[string]SentFile

// Upload is an app's files and their destination.
type Upload struct {
	// Files are the contents by path, with slashes.
	Files map[string][]byte
	// Withheld are files of the folder that are not uploaded.
	Withheld []string
	// Stage is @STAGE/dir; Live is the location of the live version, empty if there is none. App is the app's name.
	Stage, Live string
	App         snowflake.Name
	// Last is the location of the last committed version; empty if the app does not exist.
	Last string
	// Role owns the app.
	Role snowflake.Name
	// Manifest describes earlier uploads.
	Manifest Manifest
	// Superseded are old contents by path: what a migration replaced or removed.
	Superseded map[string][][]byte
	// Obsolete reports whether a file that the folder no longer has must be removed without a question, such as the
	// package list of another runtime.
	Obsolete func(path string) bool
	// Overwrite allows replacing files that were edited in Snowsight; Prune allows removing files that the folder no
	// longer has.
	Overwrite, Prune bool
	// Check sets these paths. Send are uploaded. Edited were provably edited in Snowsight, and are kept. Unproven are
	// uploaded although they differ for an unknown reason. Remove are removed. Gone exist only in the account and stay
	// unless Prune is set.
	Send, Edited, Unproven, Remove, Gone []string
	// read are files that only reading proved to be equal.
	read []string
	// listed is the last listing of the target, if nothing was uploaded since.
	listed map[string]ListedFile
}

// EditedFilesError lists files that were edited in Snowsight and therefore not replaced.
type EditedFilesError struct{ Paths []string }

// Error names the files and how to replace them.
func (e *EditedFilesError) Error() string {
	return e.Message().String()
}

// Message returns the message.
func (e *EditedFilesError) Message() message.Message {
	return message.New("failure.kept", "files", strings.Join(e.Paths, ", "))
}

// Target returns the location of the files: the live version, the last version if none is live, or the stage before the
// app is created.
func (u *Upload) Target() string {
	return cmp.Or(u.Live, u.Last, u.Stage)
}

// Deployed reports whether the app exists, so that its files are in versions.
func (u *Upload) Deployed() bool { return u.Live != "" || u.Last != "" }

// Uses returns the paths of uploaded files.
func (u *Upload) Uses() []string { return slices.Sorted(maps.Keys(u.Manifest)) }

// Found returns the upload as an observed resource: the changed files, and descriptions of the files that change and
// that stay.
func (u *Upload) Found() snowflake.Observed {
	found := snowflake.Observed{Presence: snowflake.Present, Files: &snowflake.FileChanges{}}
	if len(u.Manifest) == 0 && u.Last == "" && u.Live == "" {
		found.Presence = snowflake.Absent
	}
	changed := slices.Concat(u.Send, u.Edited, u.Remove)
	var words []message.Message
	add := func(id message.ID, names []string) {
		if len(names) > 0 {
			words = append(words, message.New(id, "files", named(names)))
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

// named returns the number of files and all their names: a person must see what leaves the machine.
func named(names []string) message.Message {
	return message.New("planned.files.some", "files", files(len(names)), "names", strings.Join(names, ", "))
}

func files(n int) message.Message {
	if n == 1 {
		return message.New("planned.files.single")
	}
	return message.New("planned.files.count", "count", n)
}

// NewSentFile describes a content before its upload.
func NewSentFile(data []byte) SentFile {
	long := sha256.Sum256(data)
	short := md5.Sum(data) //nolint:gosec // LIST shows an md5; it is not used for security.
	return SentFile{Hash: hex.EncodeToString(long[:]), Own: hex.EncodeToString(short[:]), Size: int64(len(data))}
}

// List lists the files at the target, by path, and keeps the listing.
func (u *Upload) List(ctx context.Context, s query.Session) (map[string]ListedFile, error) {
	listed, err := List(ctx, query.Retrying(s, u.Role), u.Target())
	u.listed = listed
	return listed, err
}

// SetListing stores the last listing of the target; nil once something was uploaded since.
func (u *Upload) SetListing(listed map[string]ListedFile) { u.listed = listed }

// VerifiedByReading returns the files that only reading proved to be equal.
func (u *Upload) VerifiedByReading() []string { return u.read }

package account

import (
	"context"
	"crypto/md5" //nolint:gosec // It is what LIST shows, and guards nothing.
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"sleet/snowflake"
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
	// Live says that it went to the live version; Pending that no answer came yet.
	Live    bool `json:"live,omitempty"`
	Pending bool `json:"pending,omitempty"`
}

// Manifest is what was sent of an app, by path.
type Manifest map[string]Sent

// Upload is an app's files and where they go.
type Upload struct {
	// Files are the texts by their paths, with slashes.
	Files map[string][]byte
	// Stage is @STAGE/dir; Live is the live version's location as the account gives it, empty while
	// the app has none. App is the app's name.
	Stage, Live, App string
	// Last is the location of the last version that was committed.
	Last string
	// Role owns the app; Home is the session's role at the log-in, in its stored form.
	Role, Home string
	// Manifest is what was sent before.
	Manifest Manifest
	// Overwrite allows files edited in Snowsight to be replaced, Prune those to be removed that the
	// folder no longer has.
	Overwrite, Prune bool
	// Send are the paths to send, Edited those that somebody edited in Snowsight since, Gone those
	// that were sent and are in the folder no more. Check fills them in.
	Send, Edited, Gone []string
	// listed is what LIST said last of what is at the target, where nothing was sent since.
	listed map[string]listing
	// last is what the last version has, where that was asked.
	last map[string]listing
}

// KeptError says which files somebody edited in Snowsight, so that they were not replaced.
type KeptError struct{ Paths []string }

// Error names the files and what replaces them.
func (e *KeptError) Error() string {
	return e.Says().String()
}

// Says gives the words.
func (e *KeptError) Says() snowflake.Text {
	return say("failure.kept", "files", strings.Join(e.Paths, ", "))
}

// target is where the files go.
func (u *Upload) target() string {
	if u.Live != "" {
		return u.Live
	}
	return u.Stage
}

// Uses are the paths of what was sent.
func (u *Upload) Uses() []string { return slices.Sorted(maps.Keys(u.Manifest)) }

// StageName is the stage without the folder.
func (u *Upload) StageName() string {
	name, _, _ := strings.Cut(strings.TrimPrefix(u.Stage, "@"), "/")
	return name
}

// Check asks the account which files are there, and decides which to send.
func (u *Upload) Check(ctx context.Context, c *Client) error {
	l := &line{client: c, home: u.Home, role: u.Home}
	defer l.leave(ctx)
	listed, err := u.list(ctx, l)
	if cut(err) || err != nil && u.Live != "" {
		return err
	}
	if err := u.lookBack(ctx, l, listed); err != nil {
		return err
	}
	u.decide(listed)
	return nil
}

// lookBack asks what the last version has, where files of the live one are not known from here, as on
// a new machine. A file that is the same in both was not edited since the last upload, which ends with
// a COMMIT: right after that the live version is the last one.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (u *Upload) lookBack(ctx context.Context, l *line, listed map[string]listing) error {
	u.last = nil
	unknown := func(name string) bool {
		there, ok := listed[name]
		_, known := u.Manifest[name]
		return ok && !known && there.md5 != sentOf(u.Files[name]).Own
	}
	if u.Live == "" || u.Last == "" || !slices.ContainsFunc(slices.Collect(maps.Keys(u.Files)), unknown) {
		return nil
	}
	last, err := u.listAt(ctx, l, u.Last)
	if cut(err) {
		return err
	}
	u.last = last // where it is not shown, nothing is known
	return nil
}

// untouched says whether a file of the live version is as the last version has it.
func (u *Upload) untouched(name string, there listing) bool {
	before, ok := u.last[name]
	return ok && there.md5 != "" && before == there
}

// CheckAgain decides once more, after a run, by what the run saw last.
func (u *Upload) CheckAgain(ctx context.Context, c *Client) error {
	if u.listed == nil {
		return u.Check(ctx, c)
	}
	u.decide(u.listed)
	return nil
}

// decide sets the files beside what LIST says and beside what was sent.
func (u *Upload) decide(listed map[string]listing) {
	u.Send, u.Edited, u.Gone = nil, nil, nil
	for _, name := range slices.Sorted(maps.Keys(u.Files)) {
		there, ok := listed[name]
		before, known := u.Manifest[name]
		now := sentOf(u.Files[name])
		switch {
		case !ok:
			u.Send = append(u.Send, name)
		case there.md5 != "" && there.md5 == now.Own:
			// It is there already, whoever sent it.
		case u.Live == "" || known && before.Pending:
			if !known || before.Pending || before.Hash != now.Hash || !there.is(before, false) {
				u.Send = append(u.Send, name)
			}
		case !known && u.untouched(name, there):
			u.Send = append(u.Send, name)
		case !known || !there.is(before, true):
			u.Edited = append(u.Edited, name)
		case before.Hash != now.Hash:
			u.Send = append(u.Send, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(u.Manifest)) {
		if _, here := u.Files[name]; here {
			continue
		}
		if _, there := listed[name]; there {
			u.Gone = append(u.Gone, name)
		}
	}
}

// listing is what LIST says of a file.
type listing struct {
	md5  string
	size int64
}

// is says whether a file is what was sent last, to the live version or to the stage.
func (l listing) is(sent Sent, live bool) bool {
	switch {
	case l.md5 != "" && l.md5 == sent.Own:
		return true
	case sent.MD5 != "" && sent.Live == live:
		return l.md5 == sent.MD5
	default:
		// CREATE STREAMLIT copied it from the stage, and no LIST of the copy came through since.
		return sent.Live != live && l.size == sent.Size
	}
}

// Found is the upload as a plan's object: the files that change anything, and in words how many are as
// they are, and which are not.
func (u *Upload) Found() snowflake.Found {
	found := snowflake.Found{Presence: snowflake.Present, Values: map[string]string{}, Lists: map[string][]string{}}
	if len(u.Manifest) == 0 && u.Live == "" {
		found.Presence = snowflake.Absent
	}
	changed := slices.Concat(u.Send, u.Edited)
	var words []snowflake.Text
	add := func(id string, names []string) {
		if len(names) > 0 {
			words = append(words, say(id, "files", some(names)))
		}
	}
	add("planned.files.send", u.Send)
	if u.Overwrite {
		add("planned.files.replace", u.Edited)
	} else {
		add("planned.files.keep", u.Edited)
	}
	if u.Prune {
		add("planned.files.remove", u.Gone)
		changed = append(changed, u.Gone...)
	}
	found.Lists["CHANGED"] = changed
	found.Texts = map[string]snowflake.Text{"NEW": snowflake.Joined("; ", words...)}
	if same := len(u.Files) - len(u.Send) - len(u.Edited); same > 0 || found.Presence == snowflake.Present {
		found.Texts["OLD"] = say("planned.files.same", "files", files(same))
	}
	for name, text := range found.Texts {
		found.Values[name] = text.String()
	}
	return found
}

// some names a few of some files, and how many there are.
func some(names []string) snowflake.Text {
	const few = 5
	if len(names) <= few {
		return say("planned.files.some", "files", files(len(names)), "names", strings.Join(names, ", "))
	}
	return say("planned.files.more", "files", files(len(names)), "names", strings.Join(names[:few], ", "))
}

func files(n int) snowflake.Text {
	if n == 1 {
		return say("planned.files.single")
	}
	return say("planned.files.count", "count", n)
}

// sentOf is what can be said of a text before it is sent.
func sentOf(data []byte) Sent {
	long := sha256.Sum256(data)
	short := md5.Sum(data) //nolint:gosec // It is what LIST shows, and guards nothing.
	return Sent{Hash: hex.EncodeToString(long[:]), Own: hex.EncodeToString(short[:]), Size: int64(len(data))}
}

// list gives what lies at the target, by path.
func (u *Upload) list(ctx context.Context, l *line) (map[string]listing, error) {
	listed, err := u.listAt(ctx, l, u.target())
	u.listed = listed
	return listed, err
}

// listAt gives what lies at a place, by path.
func (u *Upload) listAt(ctx context.Context, l *line, target string) (map[string]listing, error) {
	target = strings.TrimRight(target, "/") + "/"
	rows, _, err := l.send(ctx, u.Role, func(s Session) (Rows, error) {
		return s.Query(ctx, "LIST "+snowflake.Literal(target))
	})
	if err != nil {
		return nil, err
	}
	listed := map[string]listing{}
	for i := range rows.Values {
		if name, ok := within(target, rows.Get(i, "name")); ok {
			size, _ := strconv.ParseInt(rows.Get(i, "size"), 10, 64)
			listed[name] = listing{strings.ToLower(rows.Get(i, "md5")), size}
		}
	}
	return listed, nil
}

// within gives a path under a location from the name that LIST shows: the stage's own name, in
// lower case, and the path on it; for a live version the path from /versions/ on.
// https://docs.snowflake.com/en/sql-reference/sql/list
func within(target, name string) (string, bool) {
	folder := path.Base(target) + "/"
	if strings.HasPrefix(target, "@") {
		_, folder, _ = strings.Cut(target, "/")
		_, name, _ = strings.Cut(name, "/")
		return strings.CutPrefix(name, folder)
	}
	if at := strings.LastIndex(target, "/versions/"); at >= 0 {
		folder = target[at+1:]
	}
	at := strings.Index("/"+name, "/"+folder)
	if at < 0 {
		return "", false
	}
	return name[at+len(folder):], true
}

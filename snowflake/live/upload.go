package live

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"sleet/snowflake"
)

// Sent is what is known of a file that was sent: the hash of its text, and what LIST said of it
// right afterwards. The latter need not be the text's own hash, but it changes with it.
type Sent struct {
	Hash string `json:"hash"`
	MD5  string `json:"md5"`
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
	// Role owns the app.
	Role string
	// Manifest is what was sent before; Keep stores it after each file.
	Manifest Manifest
	Keep     func(Manifest) error
	// Overwrite allows files edited in Snowsight to be replaced.
	Overwrite bool
	// Send are the paths to send, Edited those that somebody edited in Snowsight since, Gone those
	// that were sent and are in the folder no more. Check fills them in.
	Send, Edited, Gone []string
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
	s, err := c.Session(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // It is given back to the pool.
	listed, err := u.list(ctx, s)
	if cut(err) {
		return err
	}
	u.Send, u.Edited, u.Gone = nil, nil, nil
	for _, name := range slices.Sorted(maps.Keys(u.Files)) {
		md5, there := listed[name]
		before, known := u.Manifest[name]
		edited := there && known && before.MD5 != "" && before.MD5 != md5
		if edited && u.Live != "" {
			u.Edited = append(u.Edited, name)
			if u.Overwrite {
				u.Send = append(u.Send, name)
			}
			continue
		}
		if !there || !known || before.Hash != hashOf(u.Files[name]) || edited {
			u.Send = append(u.Send, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(u.Manifest)) {
		if _, here := u.Files[name]; !here && listed[name] != "" {
			u.Gone = append(u.Gone, name)
		}
	}
	return nil
}

// Found is the upload as a plan's object.
func (u *Upload) Found() snowflake.Found {
	found := snowflake.Found{Presence: snowflake.Present, Values: map[string]string{}}
	if len(u.Manifest) == 0 {
		found.Presence = snowflake.Absent
		return found
	}
	if len(u.Send) > 0 {
		found.Values["CHANGED"] = strings.Join(u.Send, ", ")
	}
	return found
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// list gives what lies at the target: the MD5 that LIST shows, by path.
func (u *Upload) list(ctx context.Context, s Session) (map[string]string, error) {
	rows, err := s.Query(ctx, "LIST "+snowflake.Literal(strings.TrimRight(u.target(), "/")+"/"))
	if err != nil {
		return nil, err //nolint:wrapcheck // It is a Failure, which says all.
	}
	listed := map[string]string{}
	folder := path.Base(strings.TrimRight(u.target(), "/"))
	for i := range rows.Values {
		name := rows.Get(i, "name")
		if at := strings.Index("/"+name, "/"+folder+"/"); at >= 0 {
			listed[name[at+len(folder)+1:]] = rows.Get(i, "md5")
		}
	}
	return listed, nil
}

// upload sends the files that differ. What goes into a live version is seen at once, so what it had
// is kept as a version first.
func (x *executor) upload(ctx context.Context, step int, item snowflake.Item) (message string, err error) {
	u := x.Upload
	if u == nil {
		return "", fmt.Errorf("no files were read to be sent")
	}
	role := item.Role
	if u.Live != "" && len(u.Manifest) > 0 {
		commit := "ALTER STREAMLIT " + u.App + " COMMIT"
		if _, err := x.send(ctx, role, func(s Session) (Rows, error) { return s.Query(ctx, commit) }); err != nil {
			if ctx.Err() != nil {
				return "", err
			}
			x.Event(Event{Event: EventNote, Message: "The live version was not kept as a version before: " + firstLine(err.Error())})
		}
	}
	total := 0
	for n, name := range u.Send {
		data := u.Files[name]
		x.Event(Event{Event: EventProgress, Step: step, Ref: item.Ref, Message: fmt.Sprintf("%d of %d files, %d bytes", n, len(u.Send), total)})
		folder := path.Join("/", path.Dir(name))
		file := File{Name: path.Base(name), Folder: strings.TrimRight(u.target(), "/") + strings.TrimRight(folder, "/")}
		if _, err := x.send(ctx, role, func(s Session) (Rows, error) {
			file.Content = bytes.NewReader(data)
			return s.Put(ctx, file)
		}); err != nil {
			return "", fmt.Errorf("send %s: %w", name, err)
		}
		total += len(data)
		if err := u.sent(name, Sent{Hash: hashOf(data)}); err != nil {
			return "", err
		}
	}
	if err := x.remember(ctx, role); err != nil {
		return "", err
	}
	x.stale = x.stale || u.Live != ""
	return fmt.Sprintf("%d files, %d bytes", len(u.Send), total), nil
}

// sent keeps that a file was sent.
func (u *Upload) sent(name string, s Sent) error {
	if u.Manifest == nil {
		u.Manifest = Manifest{}
	}
	u.Manifest[name] = s
	if u.Keep == nil {
		return nil
	}
	return u.Keep(u.Manifest)
}

// remember keeps what LIST says of the files now, so that later edits are known.
func (x *executor) remember(ctx context.Context, role string) error {
	u := x.Upload
	var listed map[string]string
	_, err := x.send(ctx, role, func(s Session) (Rows, error) {
		var err error
		listed, err = u.list(ctx, s)
		return Rows{}, err
	})
	if err != nil {
		return err
	}
	for name, sent := range u.Manifest {
		if md5, there := listed[name]; there {
			sent.MD5 = md5
			u.Manifest[name] = sent
		}
	}
	if u.Keep == nil {
		return nil
	}
	return u.Keep(u.Manifest)
}

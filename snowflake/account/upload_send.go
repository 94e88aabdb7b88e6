package account

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/safely"
)

// upload sends the files that differ. What goes into a live version is seen at once, so what it had
// is kept as a version first, and the app has a live version at the end whether or not COMMIT ends it.
func (x *executor) upload(ctx context.Context, step int, item snowflake.Item) (message snowflake.Text, err error) {
	u := x.Upload
	if u == nil {
		return message, fail(nil, "failure.no_files")
	}
	send, gone, kept := slices.Clone(u.Send), slices.Clone(u.Remove), u.Edited
	if u.Overwrite {
		send, kept = append(send, u.Edited...), nil
	}
	slices.Sort(send)
	send = slices.Compact(send)
	if u.Prune {
		gone = append(gone, u.Gone...)
	}
	changes := len(send)+len(gone) > 0
	if changes && u.deployed() {
		if err := x.open(ctx, item, kept); err != nil {
			return message, err
		}
	}
	p := &progress{x: x, step: step, ref: item.Ref, of: len(send)}
	if err := x.sendAll(ctx, item, send, p); err != nil {
		return message, err
	}
	for _, name := range gone {
		if err := x.prune(ctx, item, name); err != nil {
			return message, err
		}
	}
	if changes && u.deployed() && len(kept) == 0 {
		// The last version is what was sent now, for a machine that does not have this one's journal. An
		// edit that is kept must not become part of it: it would not be known for one.
		if err := x.commit(ctx, item, false); err != nil {
			return message, err
		}
		if err := x.live(ctx, item); err != nil {
			return message, err
		}
	}
	if changes && !x.settles() {
		if err := x.remember(ctx, kept); err != nil {
			return message, err
		}
	}
	x.remark(step, item)
	message = say("verified.sent", "files", len(send), "bytes", p.bytes)
	if len(kept) > 0 {
		return message, &KeptError{Paths: kept}
	}
	return message, nil
}

// remark tells about files that are only in the account, and about those that were replaced although
// nothing tells who changed them.
func (x *executor) remark(step int, item snowflake.Item) {
	u := x.Upload
	note := func(id string, names []string) {
		if len(names) > 0 {
			x.tell(Event{Event: EventNote, Step: step, Ref: item.Ref, Message: say(id, "files", strings.Join(names, ", "))})
		}
	}
	note("verified.unproven", u.Unproven)
	if !u.Prune {
		note("verified.gone", u.Gone)
	}
}

// settles says whether the run makes the app from the files, and so looks at them once more where
// they are live.
func (x *executor) settles() bool {
	return !x.Upload.deployed() && slices.ContainsFunc(x.Plan.Items, func(i snowflake.Item) bool {
		return i.Kind == snowflake.KindStreamlit && (i.Action == snowflake.ActionCreate || i.Action == snowflake.ActionAlter)
	})
}

// progress counts what has arrived.
type progress struct {
	x     *executor
	step  int
	ref   snowflake.Ref
	of    int
	mu    sync.Mutex
	files int
	bytes int64
}

func (p *progress) arrived(name string, size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files++
	p.bytes += int64(size)
	p.x.tell(Event{Event: EventProgress, Step: p.step, Ref: p.ref, Message: say("verified.arrived", "files", p.files, "all", p.of, "bytes", p.bytes, "name", name)})
}

// besides is how many sessions send files beside the run's own, where the connection allows.
const besides = 3

// sendAll sends files, several at once.
func (x *executor) sendAll(ctx context.Context, item snowflake.Item, names []string, p *progress) error {
	queue := make(chan string, len(names))
	for _, name := range names {
		queue <- name
	}
	close(queue)
	lines := []*line{x.line}
	if x.client.db.Stats().MaxOpenConnections != 1 {
		for range min(besides, len(names)/2) {
			lines = append(lines, newLine(x.client, x.line.home))
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	for i, l := range lines {
		group.Go(safely.Go(func() error {
			if i > 0 {
				defer l.leave(ctx)
			}
			for name := range queue {
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				if err := x.sendFile(ctx, l, item, name); err != nil {
					return fail(err, "failure.send", "file", name, "why", snowflake.TextOf(err))
				}
				p.arrived(name, len(x.Upload.Files[name]))
			}
			return nil
		}))
	}
	return group.Wait() //nolint:wrapcheck // It says which file.
}

// sendFile sends one file, and keeps before and after that it did.
func (x *executor) sendFile(ctx context.Context, l *line, item snowflake.Item, name string) error {
	u := x.Upload
	data := u.Files[name]
	sent := sentOf(data)
	sent.Live, sent.Pending = u.Live != "", true
	if err := x.sent(name, sent); err != nil {
		return err
	}
	folder := strings.TrimRight(u.target(), "/")
	if dir := path.Dir(name); dir != "." {
		folder += "/" + dir
	}
	_, _, err := l.send(ctx, item.Owner, func(s Session) (Rows, error) {
		return s.Put(ctx, File{Name: path.Base(name), Folder: folder, Content: bytes.NewReader(data)})
	})
	if err != nil {
		return err
	}
	sent.Pending = false
	return x.sent(name, sent)
}

// sent keeps what is known of a file.
func (x *executor) sent(name string, s Sent) error {
	x.mu.Lock()
	if x.Upload.Manifest == nil {
		x.Upload.Manifest = Manifest{}
	}
	x.Upload.Manifest[name] = s
	if s.Pending {
		x.Upload.listed = nil
	}
	x.stale = x.stale || s.Live && s.MD5 == ""
	x.mu.Unlock()
	if err := x.record(Entry{Event: EventProgress, Path: name, Sent: &s, Stale: s.Live && s.MD5 == ""}); err != nil {
		return &journalError{err}
	}
	return nil
}

// prune removes a file that the folder no longer has. REMOVE takes all that begins with the path,
// so a pattern holds its end.
// https://docs.snowflake.com/en/sql-reference/sql/remove
func (x *executor) prune(ctx context.Context, item snowflake.Item, name string) error {
	sql := "REMOVE " + snowflake.Literal(strings.TrimRight(x.Upload.target(), "/")+"/"+name) +
		" PATTERN = " + snowflake.Literal(".*"+regexp.QuoteMeta(path.Base(name)))
	if _, _, err := x.line.send(ctx, item.Owner, func(s Session) (Rows, error) { return s.Query(ctx, sql) }); err != nil {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	x.stale = x.stale || x.Upload.Live != ""
	delete(x.Upload.Manifest, name)
	x.Upload.listed = nil
	if err := x.record(Entry{Event: EventProgress, Path: name, Stale: x.Upload.Live != ""}); err != nil {
		return &journalError{err}
	}
	return nil
}

// remember keeps what LIST says of the files now, so that later edits are known. About files that are
// kept as they were edited nothing is to be learnt.
func (x *executor) remember(ctx context.Context, kept []string) error {
	listed, err := x.Upload.list(ctx, x.line)
	if err != nil {
		return err
	}
	for _, name := range x.Upload.read {
		// Next time its sum tells, without reading it.
		sent := sentOf(x.Upload.Files[name])
		sent.Live, sent.MD5 = x.Upload.Live != "", listed[name].md5
		if err := x.sent(name, sent); err != nil {
			return err
		}
	}
	return x.listedAs(listed, func(name string, _ listing) bool { return !slices.Contains(kept, name) })
}

// listedAs keeps what LIST says of files that were sent.
func (x *executor) listedAs(listed map[string]listing, keep func(string, listing) bool) error {
	u := x.Upload
	for _, name := range u.Uses() {
		sent := u.Manifest[name]
		there, ok := listed[name]
		if !ok || there.md5 == "" || sent.MD5 == there.md5 && sent.Live == (u.Live != "") || !keep(name, there) {
			continue
		}
		sent.MD5, sent.Live = there.md5, u.Live != ""
		if err := x.sent(name, sent); err != nil {
			return err
		}
	}
	return nil
}

// settle makes sure of the files once an app has its live version: CREATE STREAMLIT copied them
// from the stage, but not what was sent after an earlier CREATE. What LIST says of the copies is
// kept, so that later edits are known.
func (x *executor) settle(ctx context.Context, step int, item snowflake.Item) error {
	u := x.Upload
	if u == nil || u.deployed() {
		return nil
	}
	rows, _, err := x.line.send(ctx, item.Owner, func(s Session) (Rows, error) { return s.Query(ctx, "DESCRIBE STREAMLIT "+item.Name.SQL()) })
	if err != nil {
		return err
	}
	if len(rows.Values) == 0 || rows.Get(0, "live_version_location_uri") == "" {
		return nil
	}
	u.Live = rows.Get(0, "live_version_location_uri")
	seen := streamlit(rows)
	seen.Owner = item.Owner
	x.result.Seen = map[snowflake.Ref]snowflake.Observed{item.Ref: seen}
	listed, err := u.list(ctx, x.line)
	if err != nil {
		return err
	}
	fresh := slices.ContainsFunc(x.result.Made, func(m Made) bool { return m.Ref == item.Ref })
	var behind []string
	for name, data := range u.Files {
		if there, ok := listed[name]; !ok || there.md5 != sentOf(data).Own && !fresh {
			behind = append(behind, name)
		}
	}
	slices.Sort(behind)
	if len(behind) > 0 {
		p := &progress{x: x, step: step, ref: item.Ref, of: len(behind)}
		if err := x.sendAll(ctx, item, behind, p); err != nil {
			return err
		}
		return x.remember(ctx, nil)
	}
	return x.listedAs(listed, func(string, listing) bool { return true })
}

package account

import (
	"bytes"
	"context"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// upload sends the files that differ. Files of a live version are visible at once, so its previous content is committed
// first. The app has a live version at the end, whether or not COMMIT ends it.
func (x *executor) upload(ctx context.Context, step int, item snowflake.Item) (msg message.Message, err error) {
	u := x.Upload
	if u == nil {
		return msg, message.NewError("failure.no_files")
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
	if changes && u.Deployed() {
		if err := x.prepareLive(ctx, item, kept); err != nil {
			return msg, err
		}
	}
	p := &progress{x: x, step: step, ref: item.Ref, of: len(send)}
	if err := x.sendAll(ctx, item, send, p); err != nil {
		return msg, err
	}
	for _, name := range gone {
		if err := x.prune(ctx, item, name); err != nil {
			return msg, err
		}
	}
	if changes && u.Deployed() && len(kept) == 0 {
		// The last version contains what was uploaded now, for a machine without this journal. An edit that is kept
		// must not become part of it: it would not be recognized as one.
		if err := x.commit(ctx, item, false); err != nil {
			return msg, err
		}
		if err := x.addLive(ctx, item); err != nil {
			return msg, err
		}
	}
	if changes && !x.createsApp() {
		if err := x.recordListing(ctx, kept); err != nil {
			return msg, err
		}
	}
	x.reportDifferences(step, item)
	msg = message.New("verified.sent", "files", len(send), "bytes", p.bytes)
	if len(kept) > 0 {
		return msg, &stage.EditedFilesError{Paths: kept}
	}
	return msg, nil
}

// reportDifferences reports files that exist only in the account, and replaced files that anybody may have changed.
func (x *executor) reportDifferences(step int, item snowflake.Item) {
	u := x.Upload
	note := func(id message.ID, names []string) {
		if len(names) > 0 {
			x.emit(Event{Event: EventNote, Step: step, Ref: item.Ref, Message: message.New(id, "files", strings.Join(names, ", "))})
		}
	}
	note("verified.unproven", u.Unproven)
	if !u.Prune {
		note("verified.gone", u.Gone)
	}
}

// createsApp reports whether the run creates the app from the files. It then checks them again once they are live.
func (x *executor) createsApp() bool {
	return !x.Upload.Deployed() && slices.ContainsFunc(x.Plan.Items, func(i snowflake.Item) bool {
		return i.Kind == snowflake.KindStreamlit && (i.Action == snowflake.ActionCreate || i.Action == snowflake.ActionAlter)
	})
}

// progress counts the uploaded files.
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
	p.x.emit(Event{Event: EventProgress, Step: p.step, Ref: p.ref, Message: message.New("verified.arrived", "files", p.files, "all", p.of, "bytes", p.bytes, "name", name)})
}

// sendAll uploads files, several at a time.
func (x *executor) sendAll(ctx context.Context, item snowflake.Item, names []string, p *progress) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(query.AtOnce)
	for _, name := range names {
		group.Go(safely.Go(func() error {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err := x.sendFile(ctx, item, name); err != nil {
				return message.Wrap(err, "failure.send", "file", name)
			}
			p.arrived(name, len(x.Upload.Files[name]))
			return nil
		}))
	}
	return group.Wait() //nolint:wrapcheck // The error names the file.
}

// sendFile uploads one file, and records it before and after.
func (x *executor) sendFile(ctx context.Context, item snowflake.Item, name string) error {
	u := x.Upload
	data := u.Files[name]
	sent := stage.NewSentFile(data)
	sent.Live, sent.Pending = u.Live != "", true
	if err := x.sent(name, sent); err != nil {
		return err
	}
	folder := strings.TrimRight(u.Target(), "/")
	if dir := path.Dir(name); dir != "." {
		folder += "/" + dir
	}
	_, _, err := x.client.Send(ctx, item.Owner, func(q query.Querier) (query.Rows, error) {
		return query.Put(ctx, q, query.File{Name: path.Base(name), Folder: folder, Content: bytes.NewReader(data)})
	})
	if err != nil {
		return err
	}
	sent.Pending = false
	return x.sent(name, sent)
}

// sent records the state of a file.
func (x *executor) sent(name string, s stage.SentFile) error {
	x.mu.Lock()
	if x.Upload.Manifest == nil {
		x.Upload.Manifest = stage.Manifest{}
	}
	x.Upload.Manifest[name] = s
	if s.Pending {
		x.Upload.SetListing(nil)
	}
	x.stale = x.stale || s.Live && s.MD5 == ""
	x.mu.Unlock()
	if err := x.record(Entry{Event: EventProgress, Path: name, Sent: &s, Stale: s.Live && s.MD5 == ""}); err != nil {
		return &journalError{err}
	}
	return nil
}

// prune removes a file that the folder no longer has. REMOVE takes a path as a prefix, so a pattern fixes its end.
// https://docs.snowflake.com/en/sql-reference/sql/remove
func (x *executor) prune(ctx context.Context, item snowflake.Item, name string) error {
	sql := "REMOVE " + snowflake.Literal(strings.TrimRight(x.Upload.Target(), "/")+"/"+name) +
		" PATTERN = " + snowflake.Literal(".*"+regexp.QuoteMeta(path.Base(name)))
	if _, err := query.Run(ctx, x.client, item.Owner, sql); err != nil {
		return message.Wrap(err, "failure.prune", "file", name)
	}
	x.markStale(x.Upload.Live != "")
	delete(x.Upload.Manifest, name)
	x.Upload.SetListing(nil)
	if err := x.record(Entry{Event: EventProgress, Path: name, Stale: x.Upload.Live != ""}); err != nil {
		return &journalError{err}
	}
	return nil
}

// recordListing records what LIST shows of the files now, so that later edits are recognized. Edited files that were
// kept are left out.
func (x *executor) recordListing(ctx context.Context, kept []string) error {
	listed, err := x.Upload.List(ctx, x.client)
	if err != nil {
		return err
	}
	for _, name := range x.Upload.VerifiedByReading() {
		// Next time its sum is enough, without reading the file.
		sent := stage.NewSentFile(x.Upload.Files[name])
		sent.Live, sent.MD5 = x.Upload.Live != "", listed[name].MD5
		if err := x.sent(name, sent); err != nil {
			return err
		}
	}
	return x.listedAs(listed, func(name string, _ stage.ListedFile) bool { return !slices.Contains(kept, name) })
}

// listedAs records what LIST shows of uploaded files.
func (x *executor) listedAs(listed map[string]stage.ListedFile, keep func(string, stage.ListedFile) bool) error {
	u := x.Upload
	for _, name := range u.Uses() {
		sent := u.Manifest[name]
		there, ok := listed[name]
		if !ok || there.MD5 == "" || sent.MD5 == there.MD5 && sent.Live == (u.Live != "") || !keep(name, there) {
			continue
		}
		sent.MD5, sent.Live = there.MD5, u.Live != ""
		if err := x.sent(name, sent); err != nil {
			return err
		}
	}
	return nil
}

package account

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// unsendable is what no path of a file may hold: the driver cuts PUT's path at a single quote, and does
// not tell an escaped one; a server takes a backslash for an escape.
// https://docs.snowflake.com/en/sql-reference/sql/put
func unsendable(path string) bool {
	return strings.ContainsFunc(path, func(r rune) bool { return r == '\'' || r == '\\' || unicode.IsControl(r) })
}

// Check decides which files to send, by what the account has. It asks where ReadState did not list it.
func (u *Upload) Check(ctx context.Context, c query.Session) error {
	if bad := u.Unsendable(); bad != nil {
		return bad
	}
	listed := u.listed
	if listed == nil {
		var err error
		if listed, err = u.list(ctx, c); cut(err) || err != nil && u.deployed() {
			return err
		}
	}
	return u.decide(ctx, c, listed)
}

// Unsendable is an error that names the files that no PUT can send; nil where there are none.
func (u *Upload) Unsendable() error {
	var bad []string
	for _, name := range slices.Sorted(maps.Keys(u.Files)) {
		if unsendable(name) {
			bad = append(bad, strconv.Quote(name))
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return message.Wrap(nil, "failure.unsendable", "files", strings.Join(bad, ", "))
}

// CheckAgain decides once more, after a run, by what the run saw last.
func (u *Upload) CheckAgain(ctx context.Context, c query.Session) error {
	if u.listed == nil {
		return u.Check(ctx, c)
	}
	return u.decide(ctx, c, u.listed)
}

// decide compares the files with what LIST shows and with what was sent, several at once where they have
// to be read.
func (u *Upload) decide(ctx context.Context, c query.Session, listed map[string]listing) error {
	u.Send, u.Edited, u.Unproven, u.Remove, u.Gone, u.read = nil, nil, nil, nil, nil, nil
	e := &evidence{upload: u, client: c}
	names := slices.Sorted(maps.Keys(u.Files))
	for name := range listed {
		if _, here := u.Files[name]; !here {
			names = append(names, name)
		}
	}
	verdicts := make([]verdict, len(names))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(query.AtOnce)
	for i, name := range names {
		there, isThere := listed[name]
		_, here := u.Files[name]
		switch {
		case !here:
			group.Go(safely.Go(func() (err error) { verdicts[i], err = e.surplus(ctx, name, there); return err }))
		case isThere:
			group.Go(safely.Go(func() (err error) { verdicts[i], err = e.judge(ctx, name, there); return err }))
		default:
			verdicts[i] = fileBehind
		}
	}
	if err := group.Wait(); err != nil {
		return err //nolint:wrapcheck // It is a Failure, which says all.
	}
	u.take(names, verdicts)
	return nil
}

// take puts files where they belong by what is known of them.
func (u *Upload) take(names []string, verdicts []verdict) {
	for i, name := range names {
		switch verdicts[i] {
		case fileSame:
		case fileRead:
			u.read = append(u.read, name)
		case fileEdited:
			u.Edited = append(u.Edited, name)
		case fileUnproven:
			u.Unproven = append(u.Unproven, name)
			u.Send = append(u.Send, name)
		case fileBehind:
			u.Send = append(u.Send, name)
		case fileGone:
			u.Gone = append(u.Gone, name)
		case fileObsolete:
			u.Remove = append(u.Remove, name)
		}
	}
	for _, list := range []*[]string{&u.Gone, &u.Remove} {
		slices.Sort(*list)
	}
}

// verdict is what is known of a file in the account beside the one in the folder.
type verdict int

const (
	fileSame     verdict = iota // the account has it
	fileBehind                  // the account has what sleet put there, or what a migration replaced
	fileEdited                  // somebody changed it in the account since
	fileUnproven                // it differs, and nothing tells why
	fileRead                    // the account has it, as only reading it told
	fileGone                    // the folder no longer has it
	fileObsolete                // the folder no longer has it, and it must not stay
)

// evidence tells what became of files in the account. What LIST shows proves equality alone: under
// encryption its sums and sizes are not the file's, so that only reading a file proves a difference.
// https://docs.snowflake.com/en/sql-reference/sql/list
type evidence struct {
	upload *Upload
	client query.Session
	// last is what the last version has, asked once, where the live version is looked at.
	last   map[string]listing
	looked bool
	mu     sync.Mutex
}

// judge compares a file with the account's.
func (e *evidence) judge(ctx context.Context, name string, there listing) (verdict, error) {
	u := e.upload
	now := sentOf(u.Files[name])
	before, known := u.Manifest[name]
	switch {
	case there.md5 != "" && there.md5 == now.Own:
		return fileSame, nil // no matter who sent it
	case !u.deployed():
		if known && !before.Pending && before.Hash == now.Hash && there.is(before) {
			return fileSame, nil
		}
		return fileBehind, nil
	case known && !before.Pending && there.is(before):
		if before.Hash == now.Hash {
			return fileSame, nil
		}
		return fileBehind, nil
	case slices.ContainsFunc(u.Superseded[name], func(old []byte) bool { return there.md5 == sentOf(old).Own }):
		return fileBehind, nil
	}
	data, readable, err := e.read(ctx, u.target(), name, there)
	if err != nil {
		return fileUnproven, err
	}
	switch have := sentOf(data).Hash; {
	case readable && have == now.Hash:
		return fileRead, nil
	case known && before.Pending, readable && known && have == before.Hash:
		return fileBehind, nil
	case readable && e.superseded(name, data):
		return fileBehind, nil
	case readable && known:
		return fileEdited, nil
	case !readable || u.Live == "":
		return fileUnproven, nil
	}
	return e.beside(ctx, name, there, data)
}

// beside compares a file of the live version that sleet did not send from here with the last version.
// What differs between them was changed since that one was committed, and is in no version.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (e *evidence) beside(ctx context.Context, name string, there listing, data []byte) (verdict, error) {
	last, err := e.lastVersion(ctx)
	if err != nil || last == nil {
		return fileUnproven, err
	}
	before, ok := last[name]
	switch {
	case !ok:
		return fileEdited, nil
	case there.md5 != "" && before.md5 == there.md5:
		return fileUnproven, nil
	}
	old, readable, err := e.read(ctx, e.upload.Last, name, before)
	if err != nil || !readable || bytes.Equal(old, data) {
		return fileUnproven, err
	}
	return fileEdited, nil
}

// surplus decides about a file that is only in the account: it goes where sleet put it there and it is
// obsolete, and is named where it was in the folder once, or in the last version. What somebody added
// since is theirs.
func (e *evidence) surplus(ctx context.Context, name string, there listing) (verdict, error) {
	u := e.upload
	before, known := u.Manifest[name]
	old, replaced := u.Superseded[name]
	switch {
	case !u.deployed() && known:
		return fileGone, nil
	case !u.deployed():
		return fileSame, nil
	case known && !replaced && (u.Obsolete == nil || !u.Obsolete(name)):
		return fileGone, nil
	case known && there.is(before), slices.ContainsFunc(old, func(data []byte) bool { return there.md5 == sentOf(data).Own }):
		return fileObsolete, nil
	case known || replaced:
		data, readable, err := e.read(ctx, u.target(), name, there)
		if err == nil && readable && (known && sentOf(data).Hash == before.Hash || e.superseded(name, data)) {
			return fileObsolete, nil
		}
		return fileGone, err
	case u.Live != "":
		last, err := e.lastVersion(ctx)
		if was, ok := last[name]; ok && was.md5 != "" && was.md5 == there.md5 {
			return fileGone, err
		}
		return fileSame, err
	}
	return fileSame, nil
}

// superseded reports whether a content is of the past.
func (e *evidence) superseded(name string, data []byte) bool {
	return slices.ContainsFunc(e.upload.Superseded[name], func(old []byte) bool { return bytes.Equal(old, data) })
}

// lastVersion lists the last version, nil where it is not shown.
func (e *evidence) lastVersion(ctx context.Context) (map[string]listing, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.looked || e.upload.Last == "" {
		return e.last, nil
	}
	e.looked = true
	last, err := e.upload.listAt(ctx, query.Steady(e.client, e.upload.Role), e.upload.Last)
	if cut(err) {
		return nil, err
	}
	e.last = last
	return e.last, nil
}

// read reads a file that LIST shows; readable is false where the account refuses, or sends nothing.
func (e *evidence) read(ctx context.Context, folder, name string, there listing) (data []byte, readable bool, err error) {
	_, _, err = e.client.Send(ctx, e.upload.Role, func(q query.Querier) (query.Rows, error) {
		var err error
		data, err = query.Get(ctx, q, joined(folder, name)) // whole, each time it is tried
		return query.Rows{}, err
	})
	if cut(err) {
		return nil, false, err
	}
	return data, err == nil && (len(data) > 0 || there.size == 0), nil
}

// joined is a file's place under a location.
func joined(folder, name string) string {
	for len(folder) > 0 && folder[len(folder)-1] == '/' {
		folder = folder[:len(folder)-1]
	}
	return folder + "/" + name
}

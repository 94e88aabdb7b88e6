package stage

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"sleet/snowflake/account/query"
)

// verdict is the state of a file in the account compared with the folder.
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

// evidence finds out what happened to files in the account. LIST only proves equality: with encryption its sums and
// sizes differ from the file's, so only reading a file proves a difference.
// https://docs.snowflake.com/en/sql-reference/sql/list
type evidence struct {
	upload *Upload
	client query.Session
	// last is the content of the last version, listed once if the live version is compared.
	last   map[string]ListedFile
	looked bool
	mu     sync.Mutex
}

// judge compares a file with the one in the account.
func (e *evidence) judge(ctx context.Context, name string, there ListedFile) (verdict, error) {
	u := e.upload
	now := NewSentFile(u.Files[name])
	before, known := u.Manifest[name]
	switch {
	case there.MD5 != "" && there.MD5 == now.Own:
		return fileSame, nil // no matter who sent it
	case !u.Deployed():
		if known && !before.Pending && before.Hash == now.Hash && there.IsUploadOf(before) {
			return fileSame, nil
		}
		return fileBehind, nil
	case known && !before.Pending && there.IsUploadOf(before):
		if before.Hash == now.Hash {
			return fileSame, nil
		}
		return fileBehind, nil
	case slices.ContainsFunc(u.Superseded[name], func(old []byte) bool { return there.MD5 == NewSentFile(old).Own }):
		return fileBehind, nil
	}
	data, readable, err := e.read(ctx, u.Target(), name, there)
	if err != nil {
		return fileUnproven, err
	}
	switch have := NewSentFile(data).Hash; {
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

// beside compares a file of the live version, not uploaded from here, with the last version. A difference was edited
// after the last commit and is in no version.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (e *evidence) beside(ctx context.Context, name string, there ListedFile, data []byte) (verdict, error) {
	last, err := e.lastVersion(ctx)
	if err != nil || last == nil {
		return fileUnproven, err
	}
	before, ok := last[name]
	switch {
	case !ok:
		return fileEdited, nil
	case there.MD5 != "" && before.MD5 == there.MD5:
		return fileUnproven, nil
	}
	old, readable, err := e.read(ctx, e.upload.Last, name, before)
	if err != nil || !readable || bytes.Equal(old, data) {
		return fileUnproven, err
	}
	return fileEdited, nil
}

// surplus decides about a file that exists only in the account. It is removed if sleet uploaded it and it is obsolete,
// and reported if the folder had it once or it is in the last version. A file that somebody added since is theirs.
func (e *evidence) surplus(ctx context.Context, name string, there ListedFile) (verdict, error) {
	u := e.upload
	before, known := u.Manifest[name]
	old, replaced := u.Superseded[name]
	switch {
	case !u.Deployed() && known:
		return fileGone, nil
	case !u.Deployed():
		return fileSame, nil
	case known && !replaced && (u.Obsolete == nil || !u.Obsolete(name)):
		return fileGone, nil
	case known && there.IsUploadOf(before), slices.ContainsFunc(old, func(data []byte) bool { return there.MD5 == NewSentFile(data).Own }):
		return fileObsolete, nil
	case known || replaced:
		data, readable, err := e.read(ctx, u.Target(), name, there)
		if err == nil && readable && (known && NewSentFile(data).Hash == before.Hash || e.superseded(name, data)) {
			return fileObsolete, nil
		}
		return fileGone, err
	case u.Live != "":
		last, err := e.lastVersion(ctx)
		if was, ok := last[name]; ok && was.MD5 != "" && was.MD5 == there.MD5 {
			return fileGone, err
		}
		return fileSame, err
	}
	return fileSame, nil
}

// superseded reports whether a content is from the past.
func (e *evidence) superseded(name string, data []byte) bool {
	return slices.ContainsFunc(e.upload.Superseded[name], func(old []byte) bool { return bytes.Equal(old, data) })
}

// lastVersion lists the last version; nil if it is not shown.
func (e *evidence) lastVersion(ctx context.Context) (map[string]ListedFile, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.looked || e.upload.Last == "" {
		return e.last, nil
	}
	e.looked = true
	last, err := List(ctx, query.Retrying(e.client, e.upload.Role), e.upload.Last)
	if query.IsConnectionError(err) {
		return nil, err
	}
	e.last = last
	return e.last, nil
}

// read reads a listed file; readable is false if the account refuses or sends nothing.
func (e *evidence) read(ctx context.Context, folder, name string, there ListedFile) (data []byte, readable bool, err error) {
	_, _, err = e.client.Send(ctx, e.upload.Role, func(q query.Querier) (query.Rows, error) {
		var err error
		data, err = query.Get(ctx, q, joined(folder, name)) // whole, each time it is tried
		return query.Rows{}, err
	})
	if query.IsConnectionError(err) {
		return nil, false, err
	}
	return data, err == nil && (len(data) > 0 || there.Size == 0), nil
}

// joined returns the location of a file in a folder.
func joined(folder, name string) string {
	for len(folder) > 0 && folder[len(folder)-1] == '/' {
		folder = folder[:len(folder)-1]
	}
	return folder + "/" + name
}

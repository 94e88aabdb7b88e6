package stage

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// unsendable reports whether a path cannot be uploaded: the driver cuts the path of PUT at a single quote, escaped or
// not, and a server takes a backslash for an escape.
// https://docs.snowflake.com/en/sql-reference/sql/put
func unsendable(path string) bool {
	return strings.ContainsFunc(path, func(r rune) bool { return r == '\'' || r == '\\' || unicode.IsControl(r) })
}

// Check decides which files to upload. It lists the files in the account unless ReadState did.
func (u *Upload) Check(ctx context.Context, c query.Session) error {
	if bad := u.CheckSendable(); bad != nil {
		return bad
	}
	listed := u.listed
	if listed == nil {
		var err error
		if listed, err = u.List(ctx, c); query.IsConnectionError(err) || err != nil && u.Deployed() {
			return err
		}
	}
	return u.decide(ctx, c, listed)
}

// CheckSendable returns an error with the files that PUT cannot upload; nil if there are none.
func (u *Upload) CheckSendable() error {
	var bad []string
	for _, name := range slices.Sorted(maps.Keys(u.Files)) {
		if unsendable(name) {
			bad = append(bad, strconv.Quote(name))
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return message.NewError("failure.unsendable", "files", strings.Join(bad, ", "))
}

// CheckAgain decides again after a run, from the files that the run listed last.
func (u *Upload) CheckAgain(ctx context.Context, c query.Session) error {
	if u.listed == nil {
		return u.Check(ctx, c)
	}
	return u.decide(ctx, c, u.listed)
}

// decide compares the files with what LIST shows and with earlier uploads. It reads several at a time if it has to.
func (u *Upload) decide(ctx context.Context, c query.Session, listed map[string]ListedFile) error {
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
		return err //nolint:wrapcheck // A query.Failure needs no context.
	}
	u.take(names, verdicts)
	return nil
}

// take sorts files by their verdicts.
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

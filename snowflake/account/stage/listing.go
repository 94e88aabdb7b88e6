package stage

import (
	"context"
	"path"
	"strconv"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// ListedFile is what LIST shows of a file.
type ListedFile struct {
	MD5  string
	Size int64
}

// IsUploadOf reports whether a file is the last upload. Equal sums prove it; different sums prove nothing.
func (l ListedFile) IsUploadOf(sent SentFile) bool {
	return l.MD5 != "" && (l.MD5 == sent.Own || l.MD5 == sent.MD5)
}

// List returns the files at a location, by path.
func List(ctx context.Context, q query.Querier, target string) (map[string]ListedFile, error) {
	target = strings.TrimRight(target, "/") + "/"
	rows, err := q.Query(ctx, "LIST "+snowflake.Literal(target))
	if err != nil {
		return nil, err
	}
	listed := map[string]ListedFile{}
	for i := range rows.Values {
		if name, ok := PathBelow(target, rows.Get(i, "name")); ok {
			size, _ := strconv.ParseInt(rows.Get(i, "size"), 10, 64)
			listed[name] = ListedFile{strings.ToLower(rows.Get(i, "md5")), size}
		}
	}
	return listed, nil
}

// PathBelow returns the path below a location from the name that LIST shows: the name of the stage in lower case and
// the path on it, or for a live version the path from /versions/ on.
// https://docs.snowflake.com/en/sql-reference/sql/list
func PathBelow(target, name string) (string, bool) {
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

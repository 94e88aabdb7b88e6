package observe

import (
	"cmp"
	"context"
	"path"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/snowflake/safely"
)

// Limits for the files of an app that a diagnosis reads: the size of a text in bytes, and the number of files read at a
// time.
const (
	mostText  = 1 << 20
	mostFiles = 4
)

// isText reports whether a file contains code, packages or options of an app as text.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".py", ".toml", ".yml", ".yaml", ".txt", ".sql", ".lock":
		return true
	}
	return path.Base(name) == ".python-version"
}

// files reads the files of the live version, or else of the last version or of the root location.
func (x *examiner) files(ctx context.Context) error {
	values := x.found.Observed.Values
	source := cmp.Or(values["LIVE_VERSION"], values["LAST_VERSION"], values["ROOT_LOCATION"])
	if source == "" {
		return nil
	}
	x.found.Location = source
	files := map[string][]byte{}
	err := x.as(func(q query.Querier) error {
		read, err := readFiles(ctx, q, source)
		files = read
		return err
	})
	if connectionLost(err) {
		return err
	}
	if err != nil {
		x.found.Refused = query.Brief(err)
		return nil
	}
	x.found.Files = files
	for _, e := range x.found.Observed.Lists["IMPORTS"] {
		if name := path.Base(e.Text); e.Text != "" && files[name] == nil {
			files[name] = nil
			_ = x.as(func(q query.Querier) error {
				data, err := query.Get(ctx, q, e.Text)
				if err == nil && isText(name) {
					files[name] = data
				}
				return err
			}) // an import that cannot be read stays in files, without content
		}
	}
	return nil
}

// readFiles reads the text files in a folder. Other files are in the result without content.
func readFiles(ctx context.Context, q query.Querier, source string) (map[string][]byte, error) {
	folder := strings.TrimRight(source, "/") + "/"
	rows, err := q.Query(ctx, "LIST "+snowflake.Literal(folder))
	if err != nil {
		return nil, err
	}
	return readListed(ctx, q, source, rows)
}

// readListed reads the text files of a LIST result.
func readListed(ctx context.Context, q query.Querier, source string, rows query.Rows) (map[string][]byte, error) {
	folder := strings.TrimRight(source, "/") + "/"
	files := map[string][]byte{}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(mostFiles)
	for i := range rows.Values {
		name, ok := stage.PathBelow(folder, rows.Get(i, "name"))
		if !ok || name == "" || strings.Contains("/"+name+"/", "/../") {
			continue
		}
		mu.Lock()
		files[name] = nil
		mu.Unlock()
		if size, _ := strconv.ParseInt(rows.Get(i, "size"), 10, 64); !isText(name) || size > mostText {
			continue
		}
		group.Go(safely.Go(func() error {
			data, err := query.Get(ctx, q, folder+name)
			mu.Lock()
			defer mu.Unlock()
			files[name] = data
			return err
		}))
	}
	return files, group.Wait() //nolint:wrapcheck // A query.Failure needs no context.
}

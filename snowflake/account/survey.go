package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Surveyed is an app of the account as a survey sees it.
type Surveyed struct {
	Name     snowflake.Name
	Owner    string
	Created  string
	Observed snowflake.Observed
	// Files are its texts where the survey reads code; Changed is when the newest of them was put there.
	Files   map[string][]byte
	Changed string
	// Unread is why the app, or its files, cannot be read; the zero Message where they can.
	Unread message.Message
}

// Survey is what to look at.
type Survey struct {
	// Database limits it to one database; the zero Name takes every app that the role can see.
	Database snowflake.Name
	// Code reads the files of the apps, too.
	Code bool
	// Skip reports whether an app is known already.
	Skip func(name snowflake.Name, created string) bool
	// Found hears how many apps there are, before the first is read.
	Found func(count int)
	// Each gets every app that is not skipped, one at a time, in no order.
	Each func(Surveyed) error
}

// mostApps is how many apps are read at once: few enough for the account, and for the memory here.
const mostApps = 6

// Run reads the apps. What one app refuses is in its Unread; the error is one that ends the survey.
// https://docs.snowflake.com/en/sql-reference/sql/show-streamlits
func (s Survey) Run(ctx context.Context, c *Client) error {
	apps, err := s.list(ctx, c)
	if err != nil {
		return err
	}
	s.Found(len(apps))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(mostApps)
	var one sync.Mutex
	for _, app := range apps {
		if s.Skip != nil && s.Skip(app.Name, app.Created) {
			continue
		}
		group.Go(safely.Go(func() error {
			read := app
			if err := read.read(ctx, c, s.Code); err != nil {
				return err
			}
			one.Lock()
			defer one.Unlock()
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return s.Each(read)
		}))
	}
	return group.Wait() //nolint:wrapcheck // It is a Failure, or the caller's own.
}

// list are the apps by name. SHOW gives 10,000 rows at most, so where it gives as many, each database is asked.
func (s Survey) list(ctx context.Context, c *Client) ([]Surveyed, error) {
	if !s.Database.IsZero() {
		return s.show(ctx, c, "DATABASE "+s.Database.SQL())
	}
	apps, err := s.show(ctx, c, "ACCOUNT")
	if err != nil || len(apps) < most {
		return apps, err
	}
	databases, err := showQuery{}.page(ctx, c, showDatabases)
	if err != nil {
		return nil, err
	}
	apps = nil
	for _, database := range databases {
		more, err := s.show(ctx, c, "DATABASE "+database)
		if cut(err) {
			return nil, err
		}
		apps = append(apps, more...)
	}
	return apps, nil
}

func (s Survey) show(ctx context.Context, c *Client, in string) ([]Surveyed, error) {
	rows, err := c.Query(ctx, "SHOW STREAMLITS IN "+in)
	if err != nil {
		return nil, err
	}
	apps := make([]Surveyed, 0, len(rows.Values))
	for i := range rows.Values {
		apps = append(apps, Surveyed{
			Name:    snowflake.Name{Database: rows.Get(i, "database_name"), Schema: rows.Get(i, "schema_name"), Object: rows.Get(i, "name")},
			Owner:   snowflake.FromStored(rows.Get(i, "owner")),
			Created: dayOf(rows.Get(i, "created_on")),
		})
	}
	slices.SortFunc(apps, func(a, b Surveyed) int { return strings.Compare(a.Name.SQL(), b.Name.SQL()) })
	return apps, nil
}

// dayOf is the day of a time as an account shows it, the text itself where it cannot be read.
func dayOf(text string) string {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999 -0700", time.RFC1123} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC().Format(time.DateOnly)
		}
	}
	return text
}

// read reads the app's properties, and its files.
func (a *Surveyed) read(ctx context.Context, c *Client, code bool) error {
	rows, err := c.Query(ctx, "DESCRIBE STREAMLIT "+a.Name.SQL())
	if err == nil && len(rows.Values) == 0 {
		err = errors.New("DESCRIBE shows nothing")
	}
	if err != nil {
		return a.unread(ctx, err)
	}
	a.Observed = streamlit(rows)
	if !code {
		return nil
	}
	values := a.Observed.Values
	source := firstOf(values["LIVE_VERSION"], values["LAST_VERSION"], values["ROOT_LOCATION"])
	if source == "" {
		return nil
	}
	listed, err := c.Query(ctx, "LIST "+snowflake.Literal(strings.TrimRight(source, "/")+"/"))
	if err != nil {
		return a.unread(ctx, err)
	}
	newest := time.Time{}
	for i := range listed.Values {
		if at, err := time.Parse(time.RFC1123, listed.Get(i, "last_modified")); err == nil && at.After(newest) {
			newest = at
		}
	}
	if !newest.IsZero() {
		a.Changed = newest.UTC().Format(time.DateOnly)
	}
	if a.Files, err = readListed(ctx, c, source, listed); err != nil {
		return a.unread(ctx, err)
	}
	return nil
}

// unread keeps why an app cannot be read; a connection that is cut ends the survey.
func (a *Surveyed) unread(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx) //nolint:wrapcheck // It is why the person or the time stopped it.
	}
	var f *Failure
	if errors.As(err, &f) && (f.Network || f.LogIn) {
		return fmt.Errorf("read %s: %w", a.Name, err)
	}
	a.Unread, a.Files = brief(err), nil
	return nil
}

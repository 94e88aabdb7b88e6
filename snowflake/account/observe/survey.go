package observe

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// SurveyedApp is an app of the account, as a survey reads it.
type SurveyedApp struct {
	Name     snowflake.Name
	Owner    string
	Created  string
	Observed snowflake.Observed
	// Files are the app's text files if the survey reads code. Changed is the date of the newest file.
	Files   map[string][]byte
	Changed string
	// Usage is nil if it is unknown.
	Usage *Usage
	// Unread is why the app or its files cannot be read; the zero Message if they can.
	Unread message.Message
}

// Survey selects what Run reads.
type Survey struct {
	// Database limits the survey to one database; the zero Name means every app that the role can see.
	Database snowflake.Name
	// Code also reads the apps' files.
	Code bool
	// Usage reads what the apps cost, with one query in the session's warehouse. Unmeasured is called with the reason
	// if that fails.
	Usage      bool
	Unmeasured func(why message.Message)
	// Skip reports whether an app is already known.
	Skip func(name snowflake.Name, created string) bool
	// Found is called with the number of apps, before the first one is read.
	Found func(count int)
	// Each is called with every app that is not skipped, one at a time, in no particular order.
	Each func(SurveyedApp) error
}

// mostApps is the number of apps read at a time, limited to spare the account and this machine's memory.
const mostApps = 6

// Run reads the apps. What the account refuses for one app is in its Unread. An error ends the survey.
// https://docs.snowflake.com/en/sql-reference/sql/show-streamlits
func (s Survey) Run(ctx context.Context, c query.Session) error {
	apps, err := s.list(ctx, c)
	if err != nil {
		return err
	}
	s.Found(len(apps))
	var used map[snowflake.Name]Usage
	if s.Usage {
		if used, err = s.usage(ctx, c); err != nil {
			return err
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(mostApps)
	var one sync.Mutex
	for _, app := range apps {
		if s.Skip != nil && s.Skip(app.Name, app.Created) {
			continue
		}
		group.Go(safely.Go(func() error {
			read := app
			if u, is := used[app.Name]; is {
				read.Usage = &u
			}
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
	return group.Wait() //nolint:wrapcheck // A query.Failure, or the caller's own error.
}

// list returns the apps sorted by name. SHOW returns at most 10,000 rows, so if it returns that many, each database is
// queried.
func (s Survey) list(ctx context.Context, c query.Session) ([]SurveyedApp, error) {
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
		if connectionLost(err) {
			return nil, err
		}
		apps = append(apps, more...)
	}
	return apps, nil
}

func (s Survey) show(ctx context.Context, c query.Session, in string) ([]SurveyedApp, error) {
	rows, err := c.Query(ctx, "SHOW STREAMLITS IN "+in)
	if err != nil {
		return nil, err
	}
	apps := make([]SurveyedApp, 0, len(rows.Values))
	for i := range rows.Values {
		apps = append(apps, SurveyedApp{
			Name:    snowflake.Name{Database: rows.Get(i, "database_name"), Schema: rows.Get(i, "schema_name"), Object: rows.Get(i, "name")},
			Owner:   snowflake.FromStored(rows.Get(i, "owner")),
			Created: dayOf(rows.Get(i, "created_on")),
		})
	}
	slices.SortFunc(apps, func(a, b SurveyedApp) int { return strings.Compare(a.Name.SQL(), b.Name.SQL()) })
	return apps, nil
}

// dayOf returns the date of a time that an account shows, or the text itself if it cannot be parsed.
func dayOf(text string) string {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999 -0700", time.RFC1123} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC().Format(time.DateOnly)
		}
	}
	return text
}

// read reads the app's properties and files.
func (a *SurveyedApp) read(ctx context.Context, c query.Session, code bool) error {
	rows, err := c.Query(ctx, "DESCRIBE STREAMLIT "+a.Name.SQL())
	if err == nil && len(rows.Values) == 0 {
		err = message.NewError("failure.describe_empty")
	}
	if err != nil {
		return a.unread(ctx, err)
	}
	a.Observed = Streamlit(rows)
	if !code {
		return nil
	}
	values := a.Observed.Values
	source := cmp.Or(values["LIVE_VERSION"], values["LAST_VERSION"], values["ROOT_LOCATION"])
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

// unread records why an app cannot be read. It returns an error, which ends the survey, if the connection failed.
func (a *SurveyedApp) unread(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx) //nolint:wrapcheck // The cause of the cancellation.
	}
	var f *query.Failure
	if errors.As(err, &f) && (f.Network || f.LogIn) {
		return message.Wrap(err, "failure.fetch.app", "name", a.Name)
	}
	a.Unread, a.Files = query.Brief(err), nil
	return nil
}

// Usage is what a warehouse app cost in the last UsageDays.
type Usage struct {
	// Days is the number of days on which the app was used.
	Days int
	// Running are the credits of the queries that run the app itself, Queries those of the SQL that the app runs.
	// Neither includes the warehouse's idle time.
	Running, Queries float64
}

// UsageDays is the number of days that a survey's usage covers.
const UsageDays = 30

// usageView has the cost of each query, with its tag. Snowflake tags the queries of apps with the app's name.
// https://docs.snowflake.com/en/sql-reference/account-usage/query_attribution_history
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2024_03/bcr-1571
var usageView = snowflake.Name{Database: sharedDatabase, Schema: "ACCOUNT_USAGE", Object: "QUERY_ATTRIBUTION_HISTORY"} //nolint:gochecknoglobals // A constant.

// usage returns what the apps cost, by name. If the role may not read it, usage calls Unmeasured and returns nothing.
func (s Survey) usage(ctx context.Context, c query.Session) (map[snowflake.Name]Usage, error) {
	rows, err := c.Query(ctx, "SELECT QUERY_TAG, COUNT(DISTINCT TO_DATE(START_TIME)) AS DAYS, SUM(CREDITS_ATTRIBUTED_COMPUTE) AS CREDITS\nFROM "+usageView.SQL()+
		"\nWHERE START_TIME >= DATEADD(DAY, -"+strconv.Itoa(UsageDays)+", CURRENT_TIMESTAMP()) AND QUERY_TAG LIKE '%ExecuteStreamlit%'\nGROUP BY QUERY_TAG")
	if err != nil {
		if connectionLost(err) || ctx.Err() != nil {
			return nil, err
		}
		s.Unmeasured(query.Brief(err))
		return nil, nil
	}
	used := map[snowflake.Name]Usage{}
	for i := range rows.Values {
		var tag struct {
			StreamlitName string
			ChildQuery    any
		}
		days, errDays := strconv.Atoi(rows.Get(i, "DAYS"))
		credits, errCredits := strconv.ParseFloat(rows.Get(i, "CREDITS"), 64)
		if json.Unmarshal([]byte(rows.Get(i, "QUERY_TAG")), &tag) != nil || tag.StreamlitName == "" || errDays != nil || errCredits != nil {
			continue
		}
		name := snowflake.ShownName(tag.StreamlitName)
		u := used[name]
		u.Days = max(u.Days, days)
		if tag.ChildQuery == nil {
			u.Running += credits
		} else {
			u.Queries += credits
		}
		used[name] = u
	}
	return used, nil
}

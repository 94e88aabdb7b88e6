package observe

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// sharedDatabase is the database that Snowflake shares with every account.
const sharedDatabase = "SNOWFLAKE"

// LogLine is a line of an app's log.
type LogLine struct {
	Time time.Time
	// Level is DEBUG, INFO, WARNING, ERROR or another level that the app writes; empty if there is none.
	Level string
	// Source is APP, or MANAGER for the process that starts the app in its container; empty in a warehouse.
	Source  string
	Message string
}

// LogPlace is where an app's logs are stored.
type LogPlace struct {
	// Table is the event table; the zero Name if there is none. View is the table's view for roles that may not read
	// the table; the zero Name if there is none.
	Table, View snowflake.Name
	// Level is the log level of the app's database. With OFF, the logs of a warehouse app are not stored.
	Level string
	// Owner is the role that owns the database; the zero Name if it is not shown.
	Owner snowflake.Name
	// Role is the role that reads the table; the zero Name is the role of the login.
	Role snowflake.Name
	// Refused is why none of the person's roles may read the table; the zero Message if one may.
	Refused message.Message
}

// The default event table and its view.
// https://docs.snowflake.com/en/developer-guide/logging-tracing/event-table-setting-up
var (
	defaultEvents = snowflake.Name{Database: sharedDatabase, Schema: "TELEMETRY", Object: "EVENTS"}      //nolint:gochecknoglobals // A constant.
	eventsView    = snowflake.Name{Database: sharedDatabase, Schema: "TELEMETRY", Object: "EVENTS_VIEW"} //nolint:gochecknoglobals // A constant.
)

// Logs reads the log of an app.
type Logs struct {
	client query.Session
	app    snowflake.Name
	place  LogPlace
}

// OpenLogs finds out where an app's logs are stored and which role can read them. It tries the session's role, then the
// app's owner and ACCOUNTADMIN if the person has these roles.
func OpenLogs(ctx context.Context, c query.Session, app, owner snowflake.Name) (*Logs, LogPlace, error) {
	_, roles, err := ReadIdentity(ctx, c)
	if err != nil {
		return nil, LogPlace{}, err
	}
	l := &Logs{client: c, app: app}
	parameter := func(pattern, in string) (string, error) {
		rows, err := c.Query(ctx, "SHOW PARAMETERS LIKE "+snowflake.Literal(pattern)+" IN "+in)
		if connectionLost(err) {
			return "", err
		}
		for i := range rows.Values {
			if strings.EqualFold(rows.Get(i, "key"), pattern) {
				return rows.Get(i, "value"), nil
			}
		}
		return "", nil
	}
	table, err := parameter("EVENT_TABLE", "DATABASE "+app.InDatabase().SQL())
	if err == nil && table == "" {
		table, err = parameter("EVENT_TABLE", "ACCOUNT")
	}
	if err != nil {
		return nil, LogPlace{}, err
	}
	if l.place.Level, err = parameter("LOG_LEVEL", "DATABASE "+app.InDatabase().SQL()); err != nil {
		return nil, LogPlace{}, err
	}
	rows, err := c.Query(ctx, "SHOW DATABASES LIKE "+snowflake.Literal(app.Database))
	if connectionLost(err) {
		return nil, LogPlace{}, err
	}
	for i := range rows.Values {
		if rows.Get(i, "name") == app.Database {
			l.place.Owner = snowflake.StoredObject(rows.Get(i, "owner"))
		}
	}
	if table == "" {
		return l, l.place, nil
	}
	l.place.Table = snowflake.ShownName(strings.ToUpper(table))
	if strings.Contains(table, `"`) {
		l.place.Table = snowflake.ShownName(table)
	}
	if l.place.Table == defaultEvents {
		l.place.View = eventsView
	}
	candidates := []snowflake.Name{{}}
	for _, role := range []snowflake.Name{owner, administrator} {
		if !role.IsZero() && role != roles.Current && roles.CanUse(role) && !roles.Bound {
			candidates = append(candidates, role)
		}
	}
	for _, role := range candidates {
		for _, from := range []snowflake.Name{l.place.Table, l.place.View} {
			if from.IsZero() {
				continue
			}
			l.place.Role = role
			_, err = l.from(ctx, from, "DATEADD(second, -1, SYSDATE())", 1)
			if err == nil {
				l.place.Table = from
				return l, l.place, nil
			}
			if connectionLost(err) {
				return nil, LogPlace{}, err
			}
		}
	}
	l.place.Role, l.place.Refused = snowflake.Name{}, query.Brief(err)
	return l, l.place, nil
}

// mostLogLines is the maximum number of lines per query.
const mostLogLines = 10_000

// Since returns the lines of the given duration until now, oldest first.
func (l *Logs) Since(ctx context.Context, ago time.Duration) ([]LogLine, error) {
	return l.from(ctx, l.place.Table, "DATEADD(second, -"+strconv.FormatInt(int64(ago.Seconds()), 10)+", SYSDATE())", mostLogLines)
}

// After returns the lines after a time, oldest first.
func (l *Logs) After(ctx context.Context, at time.Time) ([]LogLine, error) {
	return l.from(ctx, l.place.Table, snowflake.Literal(at.UTC().Format("2006-01-02T15:04:05.000Z"))+"::TIMESTAMP_NTZ", mostLogLines)
}

// from returns the lines after a time, which is a SQL expression. TIMESTAMP is in UTC and has no time zone.
// https://docs.snowflake.com/en/developer-guide/logging-tracing/event-table-columns
func (l *Logs) from(ctx context.Context, table snowflake.Name, after string, most int) ([]LogLine, error) {
	rows, err := l.client.As(l.place.Role).Query(ctx, "SELECT TO_VARCHAR(TIMESTAMP, 'YYYY-MM-DD\"T\"HH24:MI:SS.FF3\"Z\"') AS AT, "+
		"RECORD['severity_text']::VARCHAR AS LEVEL, VALUE::VARCHAR AS MESSAGE\nFROM "+table.SQL()+
		"\nWHERE RESOURCE_ATTRIBUTES['snow.database.name']::VARCHAR = "+snowflake.Literal(l.app.Database)+
		"\n  AND RESOURCE_ATTRIBUTES['snow.schema.name']::VARCHAR = "+snowflake.Literal(l.app.Schema)+
		"\n  AND RESOURCE_ATTRIBUTES['snow.executable.name']::VARCHAR = "+snowflake.Literal(l.app.Object)+
		"\n  AND RECORD_TYPE = 'LOG'\n  AND TIMESTAMP > "+after+"\nORDER BY TIMESTAMP DESC\nLIMIT "+strconv.Itoa(most))
	if err != nil {
		return nil, err
	}
	lines := make([]LogLine, 0, len(rows.Values))
	for i := len(rows.Values) - 1; i >= 0; i-- {
		at, _ := time.Parse("2006-01-02T15:04:05.999Z", rows.Get(i, "AT"))
		lines = append(lines, lineOf(at, rows.Get(i, "LEVEL"), rows.Get(i, "MESSAGE")))
	}
	return lines, nil
}

// lineOf returns a line of the event table. A container's manager wraps the app's output in JSON.
func lineOf(at time.Time, level, text string) LogLine {
	l := LogLine{Time: at, Level: level, Message: text}
	var wrapped struct {
		Level, Message, Source string
	}
	if strings.HasPrefix(text, "{") && json.Unmarshal([]byte(text), &wrapped) == nil && wrapped.Message != "" {
		l.Message, l.Source = wrapped.Message, wrapped.Source
		if wrapped.Level != "" {
			l.Level = wrapped.Level
		}
	}
	l.Level, l.Message = safely.Visible(strings.ToUpper(l.Level)), safely.Visible(strings.TrimRight(l.Message, "\n"))
	return l
}

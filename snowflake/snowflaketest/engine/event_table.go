package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// The event table that every account has, its view, and the application roles of SNOWFLAKE that may read them.
// https://docs.snowflake.com/en/developer-guide/logging-tracing/event-table-setting-up
const (
	eventTable   = "EVENT_TABLE"
	logLevel     = "LOG_LEVEL"
	events       = "SNOWFLAKE.TELEMETRY.EVENTS"
	eventsView   = "SNOWFLAKE.TELEMETRY.EVENTS_VIEW"
	eventsAdmin  = "EVENTS_ADMIN"
	eventsViewer = "EVENTS_VIEWER"
)

// event is a row of the event table.
type event struct {
	at              time.Time
	app             *object
	level, message  string
	stream, service string
}

// Log writes a line of the log of an app, named DATABASE.SCHEMA.APP, to the event table. It writes nothing if the
// account has no event table.
func (e *Engine) Log(app, level, message string) error {
	s := e.Session("SLEET", AccountAdmin, "APPS", "PUBLIC", "")
	e.mu.Lock()
	defer e.mu.Unlock()
	o, err := s.app(app)
	if err != nil {
		return err
	}
	container := o.props["RUNTIME_NAME"].text == ContainerRuntime
	if e.parameters[eventTable] == "" || !container && !e.logs(o, level) {
		return nil
	}
	e.events = append(e.events, event{at: e.Options.Now(), app: o, level: strings.ToUpper(level), message: message, stream: "stderr", service: map[bool]string{true: "APP"}[container]})
	return nil
}

// app returns the app with the name DATABASE.SCHEMA.APP.
func (s *Session) app(name string) (*object, error) {
	n, _, ok := nameBefore(name)
	if !ok {
		return nil, fmt.Errorf("%s is not the name of an app", name)
	}
	o, err := s.find(grammar.KindStreamlit, n, "SELECT")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return o, nil
}

// starts writes the log lines of a container app that starts.
func (e *Engine) starts(app *object) {
	if app.props["RUNTIME_NAME"].text != ContainerRuntime || e.parameters[eventTable] == "" {
		return
	}
	lines := e.Options.Starts
	if lines == nil {
		lines = []string{"You can now view your Streamlit app in your browser."}
	}
	for _, line := range lines {
		e.events = append(e.events, event{at: e.Options.Now(), app: app, level: "INFO", message: line, stream: "stderr", service: "APP"})
	}
}

// levels returns the log levels, the most severe last.
func levels() []string { return []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"} }

// logs reports whether the database of a warehouse app logs a level.
func (e *Engine) logs(app *object, level string) bool {
	database := e.get(grammar.KindDatabase, app.parts[0])
	least := slices.Index(levels(), strings.ToUpper(database.props[logLevel].text))
	level = strings.Replace(strings.ToUpper(level), "WARNING", "WARN", 1)
	return least >= 0 && slices.Index(levels(), level) >= least
}

// columns returns the values of a row, by column of the table.
// https://docs.snowflake.com/en/developer-guide/logging-tracing/event-table-columns
func (ev event) columns() map[string]any {
	value := any(ev.message)
	if ev.service != "" { // a container's manager wraps the app's output
		text, _ := json.Marshal(map[string]string{"level": ev.level, "message": ev.message, "source": ev.service, "timestamp": ev.at.UTC().Format(time.RFC3339Nano)})
		value = string(text)
	}
	return map[string]any{
		"TIMESTAMP": ev.at.UTC(), "RECORD_TYPE": "LOG", "VALUE": value,
		"RECORD":            map[string]any{"severity_text": ev.level},
		"RECORD_ATTRIBUTES": map[string]any{"log.iostream": ev.stream},
		"RESOURCE_ATTRIBUTES": map[string]any{
			"snow.database.name": ev.app.parts[0], "snow.schema.name": ev.app.parts[1], "snow.executable.name": ev.app.parts[2], "snow.executable.type": "STREAMLIT",
		},
	}
}

// isEventQuery reports whether a SELECT reads the event table: no other source has the column RECORD_TYPE.
func (p *parser) isEventQuery() bool {
	return slices.ContainsFunc(p.Rest(), func(t grammar.Token) bool {
		return t.Kind == grammar.TokenWord && strings.EqualFold(t.Text, "RECORD_TYPE")
	})
}

// eventValue returns a value of a row.
type eventValue func(row map[string]any, now time.Time) any

// eventQuery reads a SELECT from the event table: columns, fields of object columns, casts, TO_VARCHAR, and conditions
// on them.
func (p *parser) eventQuery() statement {
	p.Need("SELECT")
	var names []string
	var list []eventValue
	for {
		name := p.Peek().Text
		value := p.eventExpression()
		if p.Word("AS") {
			name = p.alias()
		}
		names, list = append(names, strings.ToUpper(name)), append(list, value)
		if !p.Symbol(",") {
			break
		}
	}
	p.Need("FROM")
	table := p.Name(3)
	var conditions []func(map[string]any, time.Time) bool
	if p.Word("WHERE") {
		conditions = append(conditions, p.eventCondition())
		for p.Word("AND") {
			conditions = append(conditions, p.eventCondition())
		}
	}
	newest := false
	if p.Word("ORDER", "BY") {
		p.Need("TIMESTAMP")
		newest = p.Word("DESC")
		_ = newest || p.Word("ASC")
	}
	limit := int64(-1)
	if p.Word("LIMIT") {
		limit = p.Number()
	}
	return statement{kind: kindSelect, run: func(s *Session) (*Result, *grammar.Error) {
		if err := s.readsEvents(table); err != nil {
			return nil, err
		}
		r := &Result{Kind: kindSelect, Rows: [][]any{}}
		for _, n := range names {
			r.Columns = append(r.Columns, column{n, "text", true})
		}
		now := s.e.Options.Now().UTC()
		all := slices.Clone(s.e.events)
		if newest {
			slices.Reverse(all)
		}
		for _, ev := range all {
			row := ev.columns()
			if limit >= 0 && int64(len(r.Rows)) >= limit {
				break
			}
			if slices.ContainsFunc(conditions, func(holds func(map[string]any, time.Time) bool) bool { return !holds(row, now) }) {
				continue
			}
			values := make([]any, len(list))
			for i, value := range list {
				values[i] = value(row, now)
				if at, is := values[i].(time.Time); is {
					values[i] = at.Format("2006-01-02 15:04:05.000")
				}
			}
			r.Rows = append(r.Rows, values)
		}
		return r, nil
	}}
}

// readsEvents returns an error if the session may not read the event table or has no warehouse.
func (s *Session) readsEvents(table grammar.Name) *grammar.Error {
	name := strings.Join(table, ".")
	if name != events && name != eventsView {
		return grammar.Absent("Object", table.String())
	}
	roles := s.roles()
	has := func(application string) bool {
		return slices.ContainsFunc(s.e.eventReaders, func(g [2]string) bool { return g[0] == application && roles[roleKey(g[1])] })
	}
	if !roles[roleKey(AccountAdmin)] && !has(eventsAdmin) && !(name == eventsView && has(eventsViewer)) {
		return grammar.Absent("Object", table.String())
	}
	if !s.hasWarehouse() {
		return grammar.NoWarehouse()
	}
	return nil
}

// eventExpression reads a value and its casts.
func (p *parser) eventExpression() eventValue {
	value := p.eventPrimary()
	for p.Symbol("::") {
		p.alias() // a type
	}
	return value
}

func (p *parser) eventPrimary() eventValue {
	t := p.Peek()
	switch {
	case t.Kind == grammar.TokenText:
		text := p.Text()
		return func(map[string]any, time.Time) any { return text }
	case p.Is("TO_VARCHAR"):
		p.Skip(1)
		p.NeedSymbol("(")
		inner := p.eventExpression()
		p.NeedSymbol(",")
		p.Text()
		p.NeedSymbol(")")
		return func(row map[string]any, now time.Time) any {
			if at, is := inner(row, now).(time.Time); is {
				return at.Format("2006-01-02T15:04:05.000Z")
			}
			return inner(row, now)
		}
	case p.Is("SYSDATE"), p.Is("CURRENT_TIMESTAMP"):
		p.Skip(1)
		p.NeedSymbol("(")
		p.NeedSymbol(")")
		return func(_ map[string]any, now time.Time) any { return now }
	case p.Is("DATEADD"):
		return p.dateAdd()
	}
	if !slices.Contains([]string{"TIMESTAMP", "RECORD_TYPE", "VALUE", "RECORD", "RECORD_ATTRIBUTES", "RESOURCE_ATTRIBUTES"}, strings.ToUpper(t.Text)) {
		p.Fail()
	}
	column := p.alias()
	field := ""
	switch {
	case p.Symbol("["):
		field = p.Text()
		p.NeedSymbol("]")
	case p.Symbol(":"):
		field = p.Peek().Text
		p.Skip(1)
	}
	return func(row map[string]any, _ time.Time) any {
		if field == "" {
			return row[column]
		}
		object, _ := row[column].(map[string]any)
		return object[field]
	}
}

// dateAdd reads DATEADD(unit, n, time).
func (p *parser) dateAdd() eventValue {
	p.Need("DATEADD")
	p.NeedSymbol("(")
	unit := ""
	if p.Peek().Kind == grammar.TokenText {
		unit = p.Text()
	} else {
		unit = p.alias()
	}
	size, known := map[string]time.Duration{"SECOND": time.Second, "MINUTE": time.Minute, "HOUR": time.Hour, "MILLISECOND": time.Millisecond}[strings.ToUpper(unit)]
	if !known {
		p.Fail()
	}
	p.NeedSymbol(",")
	sign := time.Duration(1)
	if p.Symbol("-") {
		sign = -1
	}
	n := time.Duration(p.Number())
	p.NeedSymbol(",")
	from := p.eventExpression()
	p.NeedSymbol(")")
	return func(row map[string]any, now time.Time) any {
		at, _ := from(row, now).(time.Time)
		return at.Add(sign * n * size)
	}
}

// eventCondition reads one comparison.
func (p *parser) eventCondition() func(map[string]any, time.Time) bool {
	left := p.eventExpression()
	operator := p.Peek().Text
	if !slices.Contains([]string{"=", ">", ">=", "<", "<=", "<>"}, operator) {
		p.Fail()
	}
	p.Skip(1)
	right := p.eventExpression()
	return func(row map[string]any, now time.Time) bool {
		a, b := left(row, now), right(row, now)
		order := 0
		if at, is := a.(time.Time); is {
			other, isTime := b.(time.Time)
			if text, isText := b.(string); isText {
				other, _ = time.Parse("2006-01-02T15:04:05.999Z", text)
			} else if !isTime {
				return false
			}
			order = at.Truncate(time.Millisecond).Compare(other)
		} else {
			order = strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
		}
		switch operator {
		case "=":
			return order == 0
		case "<>":
			return order != 0
		case ">":
			return order > 0
		case ">=":
			return order >= 0
		case "<":
			return order < 0
		default:
			return order <= 0
		}
	}
}

// grantApplicationRole runs GRANT APPLICATION ROLE … TO ROLE … and its REVOKE. The only application roles are those
// that may read events.
func (s *Session) grantApplicationRole(g *ddl.GrantApplicationRole) (string, *grammar.Error) {
	if len(g.Role) != 2 || g.Role[0] != "SNOWFLAKE" || g.Role[1] != eventsAdmin && g.Role[1] != eventsViewer {
		return "", grammar.Absent("Application role", g.Role.String())
	}
	if !s.roles()[roleKey(AccountAdmin)] {
		return "", grammar.Denied("application role", g.Role.String())
	}
	grantee, err := s.find(grammar.KindRole, g.To, "GRANT")
	if err != nil {
		return "", err
	}
	entry := [2]string{g.Role[1], grantee.short()}
	s.e.eventReaders = slices.DeleteFunc(s.e.eventReaders, func(have [2]string) bool { return have == entry })
	if !g.Revoke {
		s.e.eventReaders = append(s.e.eventReaders, entry)
	}
	return executed, nil
}

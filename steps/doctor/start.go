package doctor

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/snowflake"
	"sleet/ui/message"
)

// start returns the chain of what the app needs to start.
func (d *doctor) start() Chain {
	b := newChain(KindStart, d.e.App.SQL())
	b.ok("app", d.e.App.SQL(), message.New("doctor.app.ok", "role", d.e.Owner.SQL()))
	d.live(b)
	if d.e.Refused.IsZero() || d.Folder != "" {
		d.files(b)
	} else {
		b.add(Link{
			Name: "files", State: Unknown, Object: d.e.Location, Detail: message.New("doctor.files.hidden", "why", d.e.Refused),
			Statements: []snowflake.Statement{{SQL: "LIST " + snowflake.Literal(d.e.Location), Role: d.reader()}},
		})
	}
	d.code(b)
	if d.options.Facts().ComputePool {
		d.pool(b)
	}
	d.warehouse(b)
	d.config(b)
	return b.Chain
}

// live adds the link for the live version, without which only the owner can open the app.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
func (d *doctor) live(b *builder) {
	live, there := d.e.Observed.Value("LIVE_VERSION")
	switch root, legacy := d.e.Observed.Value("ROOT_LOCATION"); {
	case legacy:
		b.ok("live", root, message.New("doctor.live.legacy", "location", root))
	case there:
		b.ok("live", live, message.New("doctor.live.ok"))
	default:
		b.add(Link{
			Name: "live", State: Broken, Object: d.e.App.SQL(), Detail: message.New("doctor.live.none", "role", d.e.Owner.SQL()),
			Statements: []snowflake.Statement{{SQL: "ALTER STREAMLIT " + d.e.App.SQL() + " ADD LIVE VERSION FROM LAST", Role: d.e.Owner}},
		})
	}
}

// files adds the links for the main file, the pages, and files of the folder that are not in the account.
func (d *doctor) files(b *builder) {
	main := d.e.MainFile()
	has := func(name string) bool {
		if d.Folder == "" {
			_, there := d.e.Files[name]
			return there
		}
		return d.App != nil && d.App.HasFile(path.Join(d.App.Root, name))
	}
	if has(main) {
		b.ok("main", main, message.New("doctor.main.ok", "file", main))
	} else {
		l := Link{Name: "main", State: Broken, Object: main, Detail: message.New("doctor.main.missing", "file", main), Edit: message.New("doctor.main.edit", "file", main)}
		if other := d.otherMain(); other != "" {
			l.Edit = message.New("doctor.main.other_edit", "file", other)
			l.Statements = []snowflake.Statement{{
				SQL: "ALTER STREAMLIT " + d.e.App.SQL() + " SET MAIN_FILE = " + snowflake.Literal(other), Role: d.e.Owner,
			}}
		}
		b.add(l)
	}
	if _, legacy := d.e.Observed.Value("ROOT_LOCATION"); !legacy && !d.options.Facts().Subfolders && strings.Contains(main, "/") {
		b.add(Link{Name: "main", State: Broken, Object: main, Detail: message.New("doctor.main.subfolder", "file", main), Edit: message.New("doctor.main.subfolder_edit", "file", main)})
	}
	for _, f := range d.findings("SL117") {
		if strings.HasSuffix(f.Symbol, ".py") {
			b.add(Link{Name: "pages", State: Broken, Object: place(f.Path, f.Line), Detail: f.Message, Edit: f.Fix})
		}
	}
	if len(d.Differs) > 0 {
		b.add(Link{
			Name: "files", State: Broken, Object: d.e.Location, Detail: message.New("doctor.files.differ", "files", firstFew(d.Differs)), Edit: message.New("doctor.files.edit", "dir", d.Folder),
		})
	}
}

// otherMain returns the only other file that can be the main file, or "" if there is none or more than one.
func (d *doctor) otherMain() string {
	var list []string
	for name, data := range d.e.Files {
		if strings.HasSuffix(name, ".py") && !strings.Contains(name, "/") && strings.Contains(string(data), "streamlit") {
			list = append(list, name)
		}
	}
	if len(list) != 1 {
		return ""
	}
	return list[0]
}

// code adds the links for code that does not run in the app's runtime.
func (d *doctor) code(b *builder) {
	fine := true
	for _, s := range d.Skipped {
		if d.needed(s) {
			fine = false
			b.add(Link{
				Name: "code", State: Broken, Object: place(s.Path, s.Line), Detail: message.New("doctor.code.unparsed", "file", s.Path, "reason", s.Reason),
				Edit: message.New("doctor.code.unparsed_edit", "file", s.Path),
			})
		}
	}
	for _, f := range d.findings("SL101", "SL102", "SL103", "SL104", "SL106", "SL115") {
		if f.Severity != facts.Error || strings.HasPrefix(f.Rule, "SL10") && f.Rule == "SL104" && d.readsSecret(f) {
			continue
		}
		fine = false
		b.add(Link{Name: "code", State: Broken, Object: place(f.Path, f.Line), Detail: f.Message, Edit: f.Fix})
	}
	if fine && d.App != nil && len(d.App.Code()) > 0 {
		b.ok("code", d.App.Main, message.New("doctor.code.fine"))
	}
}

// needed reports whether the app runs a file that could not be parsed: its main file, a page, or a module that its code
// imports.
func (d *doctor) needed(s existing.Skipped) bool {
	if s.Handler || path.Ext(s.Path) != ".py" {
		return false
	}
	if d.App == nil {
		return s.Path == d.e.MainFile()
	}
	return s.Path == d.App.Main || s.Path == path.Join(d.App.Root, d.e.MainFile()) || d.App.IsPage(s.Path) || d.App.Imported(s.Path)
}

// readsSecret reports whether a finding is about a call that a secret's chain covers.
func (d *doctor) readsSecret(f facts.Finding) bool { return strings.HasPrefix(f.Symbol, "get_") }

// pool adds the links for the compute pool.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func (d *doctor) pool(b *builder) {
	for _, p := range []string{"ALLOWED_SPCS_WORKLOAD_TYPES", "DISALLOWED_SPCS_WORKLOAD_TYPES"} {
		value, shown := d.e.Parameters[p]
		names := func(word string) bool {
			return slices.ContainsFunc(strings.Split(value, ","), func(w string) bool { return strings.EqualFold(strings.TrimSpace(w), word) })
		}
		forbidden := p[0] == 'A' && !names("STREAMLIT") && !names("ALL") || p[0] == 'D' && (names("STREAMLIT") || names("ALL"))
		if shown && forbidden {
			b.add(Link{
				Name: "workload", State: Broken, Object: p, Detail: message.New("doctor.workload.off", "parameter", p, "value", value),
				Statements: []snowflake.Statement{{SQL: workloadFix(p, value), Role: administrator}},
			})
		}
	}
	name, shown := d.e.Observed.Value("COMPUTE_POOL")
	if !shown {
		b.add(Link{
			Name: "pool", State: Unknown, Object: d.e.App.SQL(), Detail: message.New("doctor.pool.unnamed", "app", d.e.App.SQL()),
			Statements: []snowflake.Statement{{SQL: "SHOW COMPUTE POOLS", Role: d.reader()}},
		})
		return
	}
	pool := snowflake.StoredObject(name)
	seen := d.e.Get(snowflake.KindPool, pool)
	if d.unseen(seen) {
		b.add(d.unseenLink("pool_usage", "USAGE", snowflake.KindPool, pool))
		return
	}
	switch d.seen(seen) {
	case Broken:
		b.add(Link{
			Name: "pool", State: Broken, Object: pool.SQL(), Detail: message.New("doctor.pool.absent", "pool", pool.SQL()),
			Statements: []snowflake.Statement{
				{SQL: "GRANT USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU TO ROLE " + d.e.Owner.SQL(), Role: administrator},
				{SQL: "ALTER STREAMLIT " + d.e.App.SQL() + " SET COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU", Role: d.e.Owner},
			},
		})
		return
	case Unknown:
		b.add(Link{
			Name: "pool", State: Unknown, Object: pool.SQL(), Detail: message.New("doctor.pool.hidden", "pool", pool.SQL()),
			Statements: []snowflake.Statement{{SQL: "DESCRIBE COMPUTE POOL " + pool.SQL(), Role: d.reader()}},
		})
		return
	case OK:
	}
	b.ok("pool", pool.SQL(), message.New("doctor.pool.ok", "pool", pool.SQL()))
	switch resumes, shown := seen.Value("AUTO_RESUME"); {
	case !shown || resumes == "":
	case strings.EqualFold(resumes, "true"):
		b.ok("resume", pool.SQL(), message.New("doctor.resume.ok"))
	default:
		b.add(Link{
			Name: "resume", State: Broken, Object: pool.SQL(), Detail: message.New("doctor.resume.off", "pool", pool.SQL()),
			Statements: []snowflake.Statement{{SQL: "ALTER COMPUTE POOL " + pool.SQL() + " SET AUTO_RESUME = TRUE", Role: orAdministrator(seen.Owner)}},
		})
	}
	d.usable(b, "pool_usage", snowflake.KindPool, pool, seen.Owner)
}

func orAdministrator(role snowflake.Name) snowflake.Name {
	if role.IsZero() {
		return administrator
	}
	return role
}

// workloadFix returns the statement that allows apps in compute pools.
// https://docs.snowflake.com/en/sql-reference/parameters
func workloadFix(parameter, value string) string {
	if parameter[0] == 'D' {
		return "ALTER ACCOUNT UNSET " + parameter
	}
	list := "STREAMLIT"
	if value != "" && !strings.EqualFold(value, "NONE") {
		list = value + ",STREAMLIT"
	}
	return "ALTER ACCOUNT SET " + parameter + " = " + snowflake.Literal(list)
}

// usable adds the link for USAGE of the app's owner on a pool or a warehouse.
func (d *doctor) usable(b *builder, link string, kind snowflake.Kind, object, owner snowflake.Name) {
	switch d.granted(d.e.Owner, "USAGE", kind, object) {
	case OK:
		b.ok(link, object.SQL(), message.New("doctor.usage.ok", "role", d.e.Owner.SQL(), "object", object.SQL()))
	case Unknown:
		b.add(Link{Name: link, State: Unknown, Object: object.SQL(), Detail: message.New("doctor.grants.hidden", "role", d.e.Owner.SQL()), Statements: showGrants(d.e.Owner)})
	default:
		b.add(Link{
			Name: link, State: Broken, Object: object.SQL(), Detail: message.New("doctor.usage.missing", "role", d.e.Owner.SQL(), "object", object.SQL()),
			Statements: []snowflake.Statement{{SQL: "GRANT USAGE ON " + kind.SQL() + " " + object.SQL() + " TO ROLE " + d.e.Owner.SQL(), Role: orAdministrator(owner)}},
		})
	}
}

// warehouse adds the links for the query warehouse.
func (d *doctor) warehouse(b *builder) {
	name, shown := d.e.Observed.Value("QUERY_WAREHOUSE")
	if !shown {
		d.noWarehouse(b)
		return
	}
	warehouse := snowflake.StoredObject(name)
	seen := d.e.Get(snowflake.KindWarehouse, warehouse)
	if d.unseen(seen) {
		b.add(d.unseenLink("warehouse", "USAGE", snowflake.KindWarehouse, warehouse))
		return
	}
	switch d.seen(seen) {
	case Broken:
		b.add(Link{
			Name: "warehouse", State: Broken, Object: warehouse.SQL(), Detail: message.New("doctor.warehouse.absent", "warehouse", warehouse.SQL()),
			Statements: []snowflake.Statement{{SQL: "SHOW WAREHOUSES", Role: d.e.Owner}}, Edit: message.New("doctor.warehouse.edit", "app", d.e.App.SQL()),
		})
	case Unknown:
		b.add(Link{
			Name: "warehouse", State: Unknown, Object: warehouse.SQL(), Detail: message.New("doctor.warehouse.hidden", "warehouse", warehouse.SQL()),
			Statements: []snowflake.Statement{{SQL: "SHOW WAREHOUSES LIKE " + snowflake.Literal(name), Role: d.reader()}},
		})
	default:
		d.usable(b, "warehouse", snowflake.KindWarehouse, warehouse, seen.Owner)
	}
}

// noWarehouse adds the link of an app that shows no query warehouse, without which it does not run. A role that does
// not own the app may not see the warehouse.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
func (d *doctor) noWarehouse(b *builder) {
	l := Link{
		Name: "warehouse", State: Unknown, Object: d.e.App.SQL(), Detail: message.New("doctor.warehouse.unnamed", "app", d.e.App.SQL()),
		Statements: []snowflake.Statement{{SQL: "DESCRIBE STREAMLIT " + d.e.App.SQL(), Role: d.reader()}},
	}
	if d.e.All || slices.Contains(d.e.Seen, d.e.Owner) {
		l.State, l.Detail = Broken, message.New("doctor.warehouse.none", "app", d.e.App.SQL())
		l.Statements, l.Edit = []snowflake.Statement{{SQL: "SHOW WAREHOUSES", Role: d.e.Owner}}, message.New("doctor.warehouse.edit", "app", d.e.App.SQL())
	}
	b.add(l)
}

// config adds the links for options that the runtime ignores or rejects. Deprecated options work.
func (d *doctor) config(b *builder) {
	for _, f := range d.findings("SL301") {
		if f.Severity == facts.Advice {
			continue
		}
		b.add(Link{Name: "config", State: Broken, Object: place(f.Path, f.Line), Detail: f.Message, Edit: f.Fix})
	}
}

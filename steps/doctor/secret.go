package doctor

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/snowflake"
	"sleet/ui/message"
)

// secretNamed matches names of environment variables and functions that look like those of a secret.
var secretNamed = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|_)(?:API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|PAT|CREDENTIALS?)(?:_|$)`)
})

// secrets returns the chains of the secrets that the code reads, one per key, and of the functions that return one.
func (d *doctor) secrets() []Chain {
	reads, dynamic := facts.SecretReads(d.App)
	values := d.fileValues()
	var list []Chain
	done := map[string]bool{}
	for _, r := range reads {
		key := d.keyOf(r)
		bound, isBound := d.binding(key)
		switch {
		case done[key], !isBound && r.Optional, r.Way == facts.ByHandler:
			continue
		case !isBound && r.Way == facts.BySecrets && (values[key] || key == "connections"):
			continue
		case !isBound && r.Way == facts.ByEnvironment && (values[key] || !secretNamed().MatchString(key) || strings.HasPrefix(key, "SNOWFLAKE_")):
			continue
		}
		done[key] = true
		list = append(list, d.secret(key, r, bound, isBound))
	}
	if dynamic {
		for _, e := range d.e.Observed.Lists["SECRETS"] {
			if !done[e.Key] {
				done[e.Key] = true
				list = append(list, d.secret(e.Key, facts.SecretRead{Key: e.Key}, e, true))
			}
		}
	}
	return append(list, d.functions()...)
}

// fileValues returns the keys of .streamlit/secrets.toml, which takes precedence over bound secrets in a container.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (d *doctor) fileValues() map[string]bool {
	keys := map[string]bool{}
	if !d.options.Facts().SecretsFile {
		return keys
	}
	for _, p := range d.App.FindFiles(scaffold.StreamlitDir + "/secrets.toml") {
		for _, k := range existing.TOMLKeys(d.App.Files[p]) {
			keys[k.Names[0]] = true
		}
	}
	return keys
}

// keyOf returns the key of the secret that a read refers to. An environment variable may be one part of a password.
func (d *doctor) keyOf(r facts.SecretRead) string {
	if r.Way != facts.ByEnvironment {
		return r.Key
	}
	for _, part := range []string{"_USERNAME", "_PASSWORD"} {
		if key, is := strings.CutSuffix(r.Key, part); is {
			if _, bound := d.binding(key); bound {
				return key
			}
		}
	}
	return r.Key
}

// binding returns the secret that the app's SECRETS binds to a key.
func (d *doctor) binding(key string) (snowflake.Entry, bool) {
	for _, e := range d.e.Observed.Lists["SECRETS"] {
		if e.Key == key {
			return e, true
		}
	}
	return snowflake.Entry{}, false
}

// secret returns the chain of a key that the code reads.
func (d *doctor) secret(key string, r facts.SecretRead, bound snowflake.Entry, isBound bool) Chain {
	b := newChain(KindSecret, key)
	if !b.add(d.read(key, r)) {
		return b.Chain
	}
	if _, shown := d.e.Observed.Lists["SECRETS"]; !isBound && !shown && d.e.Observed.Values["ROOT_LOCATION"] == "" {
		b.add(Link{
			Name: "binding", State: Unknown, Object: d.e.App.SQL(), Detail: message.New("doctor.binding.hidden", "app", d.e.App.SQL()),
			Statements: []snowflake.Statement{{SQL: "DESCRIBE STREAMLIT " + d.e.App.SQL(), Role: d.reader()}},
		})
		return b.Chain
	}
	if !isBound {
		b.add(d.unbound(key, r))
		return b.Chain
	}
	b.ok("binding", bound.Name.SQL(), message.New("doctor.binding.ok", "key", key, "secret", bound.Name.SQL()))
	d.secretLinks(b, bound.Name, r, d.attached(), d.e.Owner, true)
	if d.Stale && d.options.Facts().SharedProcess && b.State() == OK {
		b.add(Link{
			Name: "restart", State: Broken, Object: d.e.App.SQL(), Detail: message.New("doctor.restart.stale"),
			Statements: []snowflake.Statement{{SQL: "CALL SYSTEM$RESTART_STREAMLIT(" + snowflake.Literal(d.e.App.SQL()) + ")", Role: d.e.Owner}},
		})
	}
	return b.Chain
}

// read returns the link for the code: whether the runtime supports the way in which it reads the secret.
func (d *doctor) read(key string, r facts.SecretRead) Link {
	l := Link{Name: "code", State: OK, Object: place(r.Path, r.Line), Detail: message.New("doctor.code.reads", "source", r.Source)}
	switch {
	case r.Path == "":
		l.Object, l.Detail = d.App.Main, message.New("doctor.code.computed")
	case r.Way == facts.ByModule && !d.options.Facts().SupportsAccess(scaffold.AccessModule):
		l.State, l.Detail = Broken, message.New("doctor.code.no_module", "source", r.Source)
		l.Edit = message.New("doctor.code.no_module_edit", "place", l.Object, "source", r.Source, "new", injected(key, r.Types))
		if slices.ContainsFunc(r.Types, func(t string) bool { return !facts.Injected(scaffold.SecretTypeNamed(t)) }) {
			l.Edit = message.New("doctor.code.function_edit", "place", l.Object, "source", r.Source)
		}
	case (r.Way == facts.BySecrets || r.Way == facts.ByEnvironment) && !d.options.Facts().SupportsAccess(scaffold.AccessSecrets):
		l.State, l.Detail = Broken, message.New("doctor.code.no_injection", "source", r.Source)
		l.Edit = message.New("doctor.code.no_injection_edit", "place", l.Object, "source", r.Source, "key", key)
	}
	return l
}

// injected returns the code that reads a key in a container.
func injected(key string, types []string) string {
	value := `st.secrets["` + key + `"]`
	if len(types) != 1 {
		return value
	}
	var parts []string
	for _, part := range scaffold.SecretTypeNamed(types[0]).Facts().Parts {
		parts = append(parts, value+`["`+part.Name+`"]`)
	}
	if len(parts) > 0 {
		return strings.Join(parts, ", ")
	}
	return value
}

// unbound returns the link of a key that SECRETS does not bind, with the statements that bind it.
func (d *doctor) unbound(key string, r facts.SecretRead) Link {
	l := Link{Name: "binding", State: Broken, Object: d.e.App.SQL(), Detail: message.New("doctor.binding.missing", "key", key, "app", d.e.App.SQL())}
	if others := d.keys(); len(others) > 0 {
		l.Detail = message.New("doctor.binding.others", "key", key, "app", d.e.App.SQL(), "keys", strings.Join(others, ", "))
	}
	for _, other := range d.keys() {
		if strings.EqualFold(other, key) {
			l.Detail = message.New("doctor.binding.case", "key", key, "other", other)
		}
	}
	if d.e.Observed.Values["ROOT_LOCATION"] != "" {
		l.Detail, l.Edit = message.New("doctor.binding.legacy", "app", d.e.App.SQL()), message.New("doctor.binding.legacy_edit")
		return l
	}
	secret, there := d.candidate(key)
	if !there {
		l.Statements = append(l.Statements, d.createSecret(secret, key, first(r.Types)))
	}
	d.needs.bind(key, secret)
	if !d.allowed(secret) {
		d.needs.allow(secret)
	}
	l.Statements = append(l.Statements, d.reach()...)
	return l
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// keys returns the keys that SECRETS binds.
func (d *doctor) keys() []string {
	var keys []string
	for _, e := range d.e.Observed.Lists["SECRETS"] {
		keys = append(keys, e.Key)
	}
	return keys
}

// candidate returns the secret of the app's schema that a key most likely means, or the name of one to create.
func (d *doctor) candidate(key string) (name snowflake.Name, there bool) {
	if e, ok := d.sameKey(key); ok {
		return e.Name, true
	}
	app := d.e.App
	in := func(object string) snowflake.Name {
		return snowflake.Name{Database: app.Database, Schema: app.Schema, Object: object}
	}
	made := in(snowflake.Derived(snowflake.SanitizeIdent(app.Object), "_"+snowflake.SanitizeIdent(key)))
	if d.App.Answers != nil {
		answers := d.App.Answers.Resolve()
		for _, s := range answers.Secrets {
			if s.Key == key {
				made = snowflake.ObjectIn(app.Database, app.Schema, s.Object)
			}
		}
	}
	for _, name := range []snowflake.Name{made, in(snowflake.SanitizeIdent(key)), in(key)} {
		if d.e.Get(snowflake.KindSecret, name).Presence == snowflake.Present {
			return name, true
		}
	}
	return made, false
}

// sameKey returns what is bound to a key that differs in case only.
func (d *doctor) sameKey(key string) (snowflake.Entry, bool) {
	for _, e := range d.e.Observed.Lists["SECRETS"] {
		if strings.EqualFold(e.Key, key) {
			return e, true
		}
	}
	return snowflake.Entry{}, false
}

// createSecret returns the statement that creates a secret, with a placeholder for its value.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func (d *doctor) createSecret(name snowflake.Name, key, kind string) snowflake.Statement {
	sql := "CREATE SECRET IF NOT EXISTS " + name.SQL()
	slot := func(field string) string {
		if field == "" {
			return "<secret:" + key + ">"
		}
		return "<secret:" + key + "." + field + ">"
	}
	of := scaffold.SecretTypeNamed(kind)
	if !of.Known() {
		of = scaffold.GenericString
	}
	sql += "\n  TYPE = " + of.SQLName()
	for _, value := range of.Facts().ValuesIn("") {
		sql += "\n  " + value.Property + " = " + slot(value.Field)
	}
	if of.NeedsIntegration() {
		sql += "\n  API_AUTHENTICATION = <security integration>"
	}
	if of.Facts().Enabled {
		sql += "\n  ENABLED = TRUE"
	}
	return snowflake.Statement{SQL: sql, Role: d.e.Owner}
}

// allowed reports whether an attached integration allows a secret.
func (d *doctor) allowed(secret snowflake.Name) bool {
	return slices.ContainsFunc(d.attached(), func(i snowflake.Name) bool {
		return allowsSecret(d.e.Get(snowflake.KindIntegration, i), secret) == OK
	})
}

// secretLinks adds the links of a secret that the app or a function uses: it exists, has the right type, is allowed by
// an enabled integration, and owner may read it. injection reports whether the app itself receives the value.
func (d *doctor) secretLinks(b *builder, secret snowflake.Name, r facts.SecretRead, integrations []snowflake.Name, owner snowflake.Name, injection bool) {
	seen := d.e.Get(snowflake.KindSecret, secret)
	if !d.exists(b, secret, seen, b.Subject, r) {
		return
	}
	b.add(d.typed(secret, seen, r, injection))
	integration, state := d.allowing(secret, integrations)
	switch state {
	case OK:
		b.ok("allowed", integration.SQL(), message.New("doctor.allowed.ok", "integration", integration.SQL(), "secret", secret.SQL()))
		d.enabled(b, integration)
	case Unknown:
		b.add(Link{
			Name: "allowed", State: Unknown, Object: secret.SQL(), Detail: message.New("doctor.allowed.hidden", "secret", secret.SQL()),
			Statements: describeIntegrations(integrations),
		})
	default:
		if i, hidden := d.unseenIntegration(integrations); hidden {
			b.add(d.unseenLink("usage", "USAGE", snowflake.KindIntegration, i))
			break
		}
		d.needs.allow(secret)
		l := Link{Name: "allowed", State: Broken, Object: secret.SQL(), Detail: message.New("doctor.allowed.missing", "secret", secret.SQL(), "integrations", joined(integrations))}
		if len(integrations) == 0 {
			l.Detail = message.New("doctor.allowed.none", "secret", secret.SQL())
		}
		l.Statements = d.reach()
		b.add(l)
	}
	d.reads(b, secret, seen, owner, injection)
	if state == OK {
		d.uses(b, integration, owner)
	}
}

// describeIntegrations returns the statements that show integrations, with the roles that can run them.
func describeIntegrations(list []snowflake.Name) []snowflake.Statement {
	statements := make([]snowflake.Statement, 0, len(list))
	for _, i := range list {
		statements = append(statements, snowflake.Statement{SQL: "DESCRIBE INTEGRATION " + i.SQL(), Role: administrator})
	}
	return statements
}

// exists adds the link for the existence of a secret, and reports whether it exists or may exist.
func (d *doctor) exists(b *builder, secret snowflake.Name, seen snowflake.Observed, key string, r facts.SecretRead) bool {
	switch d.seen(seen) {
	case OK:
		b.ok("secret", secret.SQL(), message.New("doctor.secret.ok", "secret", secret.SQL(), "type", seen.Values["TYPE"]))
		return true
	case Broken:
		if d.unseen(seen) && secret.Parent() != d.e.App.Parent() {
			b.add(d.unseenLink("secret", "USAGE, READ", snowflake.KindSecret, secret))
			return false
		}
		l := Link{Name: "secret", State: Broken, Object: secret.SQL(), Detail: message.New("doctor.secret.absent", "secret", secret.SQL())}
		create := d.createSecret(secret, key, first(r.Types))
		l.Statements = []snowflake.Statement{create}
		b.add(l)
		return false
	default:
		b.add(Link{
			Name: "secret", State: Unknown, Object: secret.SQL(), Detail: message.New("doctor.secret.hidden", "secret", secret.SQL(), "role", d.Role.SQL()),
			Statements: []snowflake.Statement{{SQL: "DESCRIBE SECRET " + secret.SQL(), Role: d.reader()}},
		})
		return true
	}
}

// typed returns the link for a secret's type, which must match the call that reads it.
func (d *doctor) typed(secret snowflake.Name, seen snowflake.Observed, r facts.SecretRead, injection bool) Link {
	kind := strings.ToUpper(seen.Values["TYPE"])
	l := Link{Name: "type", State: OK, Object: kind, Detail: message.New("doctor.type.ok", "type", kind)}
	switch {
	case kind == "":
		l.State, l.Object, l.Detail = Unknown, secret.SQL(), message.New("doctor.type.hidden", "secret", secret.SQL())
		l.Statements = []snowflake.Statement{{SQL: "DESCRIBE SECRET " + secret.SQL(), Role: d.reader()}}
	case len(r.Types) == 0 || !injection || slices.Contains(r.Types, kind):
	case r.Way == facts.ByModule:
		l.State, l.Detail = Broken, message.New("doctor.type.wrong", "source", r.Source, "want", strings.Join(r.Types, ", "), "secret", secret.SQL(), "type", kind)
		l.Edit = message.New("doctor.type.module_edit", "place", place(r.Path, r.Line), "call", callFor(kind), "key", r.Key)
	case kind == "GENERIC_STRING":
		l.State, l.Detail = Broken, message.New("doctor.type.wrong", "source", r.Source, "want", strings.Join(r.Types, ", "), "secret", secret.SQL(), "type", kind)
		l.Edit = message.New("doctor.type.string_edit", "place", place(r.Path, r.Line), "key", r.Key)
	default:
		l.State, l.Detail = Broken, message.New("doctor.type.not_injected", "secret", secret.SQL(), "type", kind)
		l.Edit = message.New("doctor.code.function_edit", "place", place(r.Path, r.Line), "source", r.Source)
	}
	return l
}

// callFor returns the function of _snowflake that reads a type.
func callFor(kind string) string { return scaffold.SecretTypeNamed(kind).Facts().Reader }

// allowing returns the integration that allows a secret. The state is Unknown if one that is not visible might.
func (d *doctor) allowing(secret snowflake.Name, integrations []snowflake.Name) (snowflake.Name, State) {
	return d.best(integrations, func(i snowflake.Name) State {
		seen := d.e.Get(snowflake.KindIntegration, i)
		if seen.Presence != snowflake.Present {
			return d.seen(seen)
		}
		return allowsSecret(seen, secret)
	})
}

// best returns the integration for which lets reports OK, preferring one that is enabled and that the app's owner may
// use.
func (d *doctor) best(integrations []snowflake.Name, lets func(snowflake.Name) State) (name snowflake.Name, state State) {
	state, rank := Broken, -1
	for _, i := range integrations {
		switch lets(i) {
		case OK:
			state = OK
			if r := d.rank(i); r > rank {
				name, rank = i, r
			}
		case Unknown:
			if state == Broken {
				state = Unknown
			}
		case Broken:
		}
	}
	return name, state
}

// rank rates an integration: enabled counts more than granted.
func (d *doctor) rank(integration snowflake.Name) int {
	rank := 0
	if value, shown := d.e.Get(snowflake.KindIntegration, integration).Value("ENABLED"); !shown || strings.EqualFold(value, "true") {
		rank += 2
	}
	if d.granted(d.e.Owner, "USAGE", snowflake.KindIntegration, integration) == OK {
		rank++
	}
	return rank
}

// enabled adds the link of an integration that has to be enabled.
func (d *doctor) enabled(b *builder, integration snowflake.Name) {
	value, shown := d.e.Get(snowflake.KindIntegration, integration).Value("ENABLED")
	switch {
	case !shown:
	case strings.EqualFold(value, "true"):
		b.ok("enabled", integration.SQL(), message.New("doctor.enabled.ok", "integration", integration.SQL()))
	default:
		b.add(Link{
			Name: "enabled", State: Broken, Object: integration.SQL(), Detail: message.New("doctor.enabled.off", "integration", integration.SQL()),
			Statements: []snowflake.Statement{{SQL: "ALTER EXTERNAL ACCESS INTEGRATION " + integration.SQL() + " SET ENABLED = TRUE", Role: administrator}},
		})
	}
}

// reads adds the link for the privileges on a secret. An app needs READ and USAGE, a function READ.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (d *doctor) reads(b *builder, secret snowflake.Name, seen snowflake.Observed, owner snowflake.Name, injection bool) {
	privileges := []string{"READ"}
	if injection {
		privileges = append(privileges, "USAGE")
	}
	if !seen.Owner.IsZero() && seen.Owner == owner {
		b.ok("read", owner.SQL(), message.New("doctor.read.owns", "role", owner.SQL(), "secret", secret.SQL()))
		return
	}
	var missing []string
	state := OK
	for _, p := range privileges {
		switch d.granted(owner, p, snowflake.KindSecret, secret) {
		case Broken:
			missing, state = append(missing, p), Broken
		case Unknown:
			if state == OK {
				state = Unknown
			}
		case OK:
		}
	}
	switch state {
	case OK:
		b.ok("read", owner.SQL(), message.New("doctor.read.ok", "role", owner.SQL(), "privileges", strings.Join(privileges, ", "), "secret", secret.SQL()))
	case Unknown:
		b.add(Link{Name: "read", State: Unknown, Object: owner.SQL(), Detail: message.New("doctor.grants.hidden", "role", owner.SQL()), Statements: showGrants(owner)})
	default:
		b.add(Link{
			Name: "read", State: Broken, Object: owner.SQL(),
			Detail: message.New("doctor.read.missing", "role", owner.SQL(), "privileges", strings.Join(missing, ", "), "secret", secret.SQL()),
			Statements: []snowflake.Statement{{
				SQL: "GRANT " + strings.Join(missing, ", ") + " ON SECRET " + secret.SQL() + " TO ROLE " + owner.SQL(), Role: d.secretOwner(secret),
			}},
		})
	}
}

// uses adds the link for USAGE on an integration.
func (d *doctor) uses(b *builder, integration, owner snowflake.Name) {
	switch d.granted(owner, "USAGE", snowflake.KindIntegration, integration) {
	case OK:
		b.ok("usage", integration.SQL(), message.New("doctor.usage.ok", "role", owner.SQL(), "object", integration.SQL()))
	case Unknown:
		b.add(Link{Name: "usage", State: Unknown, Object: integration.SQL(), Detail: message.New("doctor.grants.hidden", "role", owner.SQL()), Statements: showGrants(owner)})
	default:
		b.add(Link{
			Name: "usage", State: Broken, Object: integration.SQL(), Detail: message.New("doctor.usage.integration", "role", owner.SQL(), "integration", integration.SQL()),
			Statements: []snowflake.Statement{{SQL: "GRANT USAGE ON INTEGRATION " + integration.SQL() + " TO ROLE " + owner.SQL(), Role: administrator}},
		})
	}
}

// SecretFunctions returns the qualified names of the functions that an app's code calls and that may return a secret:
// those of sleet.toml, and those whose name looks like a secret's or begins with GET_.
func SecretFunctions(app *existing.App, in snowflake.Name) []snowflake.Name {
	var list []snowflake.Name
	for _, call := range facts.FunctionCalls(app) {
		name := snowflake.ObjectIn(snowflake.FromStored(in.Database), snowflake.FromStored(in.Schema), call.Name)
		upper := strings.ToUpper(name.Object)
		if (strings.HasPrefix(upper, "GET_") || strings.Contains(upper, "_GET_") || secretNamed().MatchString(upper)) && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// functions returns the chains of the functions that return a secret.
func (d *doctor) functions() []Chain {
	var list []Chain
	calls := facts.FunctionCalls(d.App)
	for _, name := range SecretFunctions(d.App, d.e.App) {
		at := slices.IndexFunc(calls, func(c facts.FunctionCall) bool {
			return snowflake.ObjectIn(snowflake.FromStored(d.e.App.Database), snowflake.FromStored(d.e.App.Schema), c.Name) == name
		})
		seen := d.e.Get(snowflake.KindFunction, name)
		bindings, shown := seen.Lists["SECRETS"]
		if seen.Presence == snowflake.Present && shown && len(bindings) == 0 {
			continue // it uses no secret
		}
		list = append(list, d.function(name, calls[at], seen, bindings)...)
	}
	return list
}

// function returns the chains of the secrets of one function.
func (d *doctor) function(name snowflake.Name, call facts.FunctionCall, seen snowflake.Observed, bindings []snowflake.Entry) []Chain {
	code := Link{Name: "code", State: OK, Object: place(call.Path, call.Line), Detail: message.New("doctor.code.calls", "function", call.Name+"()")}
	b := newChain(KindSecret, d.functionKey(name))
	b.add(code)
	signature := name.SQL() + "()"
	if seen.Presence == snowflake.Hidden && slices.Contains(d.e.Seen, d.e.Owner) {
		d.callable(b, name, administrator) // it exists, but the app's owner does not see it
		return []Chain{b.Chain}
	}
	switch d.seen(seen) {
	case Broken:
		l := Link{Name: "function", State: Broken, Object: signature, Detail: message.New("doctor.function.absent", "function", signature)}
		if d.App.Answers != nil && d.Folder != "" {
			l.Edit = message.New("doctor.function.apply", "dir", d.Folder)
		} else {
			l.Statements = d.createFunction(name)
		}
		b.add(l)
		return []Chain{b.Chain}
	case Unknown:
		b.add(Link{
			Name: "function", State: Unknown, Object: signature, Detail: message.New("doctor.function.hidden", "function", signature, "role", d.Role.SQL()),
			Statements: []snowflake.Statement{{SQL: "DESCRIBE FUNCTION " + signature, Role: d.reader()}},
		})
		return []Chain{b.Chain}
	case OK:
	}
	if len(bindings) == 0 {
		b.add(Link{
			Name: "function", State: Unknown, Object: signature, Detail: message.New("doctor.function.secure", "function", signature),
			Statements: []snowflake.Statement{{SQL: "DESCRIBE FUNCTION " + signature, Role: d.e.Owner}},
		})
		return []Chain{b.Chain}
	}
	var list []Chain
	for _, e := range bindings {
		c := newChain(KindSecret, e.Key)
		c.add(code)
		c.ok("function", signature, message.New("doctor.function.ok", "function", signature, "key", e.Key, "secret", e.Name.SQL()))
		owner := d.e.Owner
		if !seen.Owner.IsZero() && seen.Owner != owner {
			owner = seen.Owner
			d.callable(c, name, owner)
		}
		d.secretLinks(c, e.Name, facts.SecretRead{Key: e.Key}, names(seen.Lists["EXTERNAL_ACCESS_INTEGRATIONS"]), owner, false)
		list = append(list, c.Chain)
	}
	return list
}

// callable adds the link for USAGE on a function that another role owns.
// https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
func (d *doctor) callable(b *builder, function, owner snowflake.Name) {
	signature := function.SQL() + "()"
	switch d.granted(d.e.Owner, "USAGE", snowflake.KindFunction, function) {
	case OK:
		b.ok("call", signature, message.New("doctor.usage.ok", "role", d.e.Owner.SQL(), "object", signature))
	case Unknown:
		b.add(Link{Name: "call", State: Unknown, Object: signature, Detail: message.New("doctor.grants.hidden", "role", d.e.Owner.SQL()), Statements: showGrants(d.e.Owner)})
	default:
		b.add(Link{
			Name: "call", State: Broken, Object: signature, Detail: message.New("doctor.usage.missing", "role", d.e.Owner.SQL(), "object", signature),
			Statements: []snowflake.Statement{{SQL: "GRANT USAGE ON FUNCTION " + signature + " TO ROLE " + d.e.Owner.SQL(), Role: owner}},
		})
	}
}

// functionKey returns the key of a missing function, according to sleet.toml or else from its name without GET_.
func (d *doctor) functionKey(name snowflake.Name) string {
	if d.App.Answers != nil {
		answers := d.App.Answers.Resolve()
		for _, s := range answers.Secrets {
			if snowflake.ObjectIn(name.Database, name.Schema, answers.FunctionName(s.Key)) == name {
				return s.Key
			}
		}
	}
	key := strings.ToLower(name.Object)
	if _, after, found := strings.Cut("_"+key, "_get_"); found && after != "" {
		return after
	}
	return key
}

// createFunction returns the statements that create a function that returns a secret, and the secret if it is missing.
// https://docs.snowflake.com/en/developer-guide/external-network-access/secret-api-reference
func (d *doctor) createFunction(name snowflake.Name) []snowflake.Statement {
	key := d.functionKey(name)
	secret, there := d.candidate(key)
	var list []snowflake.Statement
	if !there {
		list = append(list, d.createSecret(secret, key, ""))
	}
	if !d.allowed(secret) {
		d.needs.allow(secret)
	}
	list = append(list, d.reach()...)
	target, _, _ := d.target()
	return append(list, snowflake.Statement{
		SQL: "CREATE SECURE FUNCTION " + name.SQL() + "()\n  RETURNS STRING\n  LANGUAGE PYTHON\n  RUNTIME_VERSION = '3.12'\n  HANDLER = 'get_secret'\n" +
			"  EXTERNAL_ACCESS_INTEGRATIONS = (" + target.SQL() + ")\n  SECRETS = (" + snowflake.Literal(key) + " = " + secret.SQL() + ")\nAS $$\n" +
			"import _snowflake\n\n\ndef get_secret():\n    return _snowflake.get_generic_secret_string(\"" + key + "\")\n$$",
		Role: d.e.Owner,
	})
}

package engine

import (
	"maps"
	"slices"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/grammar"
)

// object is one object of the account.
type object struct {
	kind string
	// parts is its name: database, schema and name, as far as the kind has them. A function's name ends with its
	// argument types in parentheses.
	parts grammar.Name
	// owner is the key of the role that owns it; empty for objects that Snowflake ships.
	owner   string
	comment string
	created time.Time
	props   map[string]value
	// files belong to a stage; versions and live to an app.
	files    *StageFiles
	versions []appVersion
	live     *StageFiles
	function *grammar.Function
	// runtimeDefault reports whether an app was created without RUNTIME_NAME.
	runtimeDefault bool
	// restarts is the number of restarts of a container app.
	restarts int
}

// appVersion is a committed version of an app.
type appVersion struct {
	name    string
	files   *StageFiles
	created time.Time
}

// value is the value of a property: a text, a list of texts, or a list of secret bindings. Names are fully qualified
// SQL names.
type value struct {
	text  string
	list  []string
	binds []binding
}

// binding is one entry of SECRETS = ('key' = secret).
type binding struct{ key, secret string }

// sorted returns the keys of a map in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// fields splits a kind into its words.
func fields(kind string) []string { return strings.Fields(kind) }

// key returns the key of an object in Engine.objects.
func key(kind string, parts ...string) string {
	return kind + "\x00" + strings.Join(parts, "\x00")
}

func (o *object) key() string { return key(o.kind, o.parts...) }

// short returns the object's name without database and schema.
func (o *object) short() string { return o.parts[len(o.parts)-1] }

func (o *object) full() string { return grammar.Qualified(o.parts...) }

// tick returns the account's time, later with each call.
func (e *Engine) tick() time.Time {
	e.ticks++
	return e.Options.Now().Add(time.Duration(e.ticks) * time.Microsecond)
}

// add adds an object to the account.
func (e *Engine) add(o *object) *object {
	o.created = e.tick()
	if o.props == nil {
		o.props = map[string]value{}
	}
	e.objects[o.key()] = o
	return o
}

// get returns an object, or nil.
func (e *Engine) get(kind string, parts ...string) *object { return e.objects[key(kind, parts...)] }

// all returns the objects of a kind, sorted by name.
func (e *Engine) all(kind string) []*object {
	var list []*object
	for _, o := range e.objects {
		if o.kind == kind {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b *object) int { return slices.Compare(a.parts, b.parts) })
	return list
}

// drop removes an object, the objects in it, and the grants on them.
func (e *Engine) drop(o *object) {
	gone := map[string]bool{o.key(): true}
	if o.kind == grammar.KindDatabase || o.kind == grammar.KindSchema {
		for k, inner := range e.objects {
			if len(inner.parts) > len(o.parts) && grammar.Depth(inner.kind) > 1 && slices.Equal(inner.parts[:len(o.parts)], o.parts) {
				gone[k] = true
			}
		}
	}
	heir := o.owner
	for k := range gone {
		delete(e.objects, k)
		delete(e.members, k)
	}
	e.grants = slices.DeleteFunc(e.grants, func(g grant) bool { return gone[g.on] || gone[g.to] })
	e.future = slices.DeleteFunc(e.future, func(f futureGrant) bool { return gone[f.in] || gone[f.to] })
	e.inheritedGrants = slices.DeleteFunc(e.inheritedGrants, func(g inheritedGrant) bool { return gone[g.in] || gone[g.to] })
	for role, list := range e.members {
		e.members[role] = slices.DeleteFunc(list, func(m member) bool { return gone[m.to] })
	}
	if o.kind == grammar.KindRole || o.kind == grammar.KindDatabaseRole {
		for _, other := range e.objects {
			if gone[other.owner] {
				other.owner = heir
			}
		}
	}
}

// rename renames an object, the objects in it, and the grants on them.
func (e *Engine) rename(o *object, to grammar.Name) {
	moved := map[string]string{}
	depth := len(o.parts)
	var list []*object
	for _, other := range e.objects {
		if other == o || (o.kind == grammar.KindDatabase || o.kind == grammar.KindSchema) && len(other.parts) > depth && slices.Equal(other.parts[:depth], o.parts) {
			list = append(list, other)
		}
	}
	for _, other := range list {
		old := other.key()
		delete(e.objects, old)
		other.parts = append(slices.Clone(to), other.parts[depth:]...)
		moved[old] = other.key()
		e.objects[other.key()] = other
	}
	if o.kind == grammar.KindRole {
		for _, other := range e.objects {
			if to, ok := moved[other.owner]; ok {
				other.owner = to
			}
		}
	}
	swap := func(k *string) {
		if to, ok := moved[*k]; ok {
			*k = to
		}
	}
	for i := range e.grants {
		swap(&e.grants[i].on)
		swap(&e.grants[i].to)
	}
	for i := range e.future {
		swap(&e.future[i].in)
		swap(&e.future[i].to)
	}
	for i := range e.inheritedGrants {
		swap(&e.inheritedGrants[i].in)
		swap(&e.inheritedGrants[i].to)
	}
	for _, list := range e.members {
		for i := range list {
			swap(&list[i].to)
		}
	}
	for old, to := range moved {
		if list, ok := e.members[old]; ok {
			delete(e.members, old)
			e.members[to] = list
		}
	}
}

// complete adds the session's database and schema to a name.
func (s *Session) complete(kind string, n grammar.Name, doing string) (grammar.Name, *grammar.Error) {
	want := grammar.Depth(kind)
	if len(n) >= want {
		return n, nil
	}
	full := slices.Clone(n)
	if want == 3 && len(full) == 1 {
		if s.database == "" {
			return nil, grammar.NoDatabase(doing)
		}
		if s.schema == "" {
			return nil, grammar.NoSchema(doing)
		}
		full = append(grammar.Name{s.schema}, full...)
	}
	if s.database == "" {
		return nil, grammar.NoDatabase(doing)
	}
	return append(grammar.Name{s.database}, full...), nil
}

// find returns an object that the session's roles may see. Otherwise it returns the error that does not reveal whether
// the object exists.
func (s *Session) find(kind string, n grammar.Name, doing string) (*object, *grammar.Error) {
	full, err := s.complete(kind, n, doing)
	if err != nil {
		return nil, err
	}
	for i := 1; i < len(full) && grammar.Depth(kind) > 1; i++ {
		above := grammar.KindDatabase
		if i == 2 {
			above = grammar.KindSchema
		}
		if o := s.e.get(above, full[:i]...); o == nil || !s.sees(o) {
			return nil, s.missingPlace(kind, grammar.Absent(grammar.Title(above), full[:i].String()))
		}
	}
	if o := s.e.get(kind, full...); o != nil && s.sees(o) {
		return o, nil
	}
	if kind == grammar.KindPool || kind == grammar.KindWarehouse && !s.e.is(MissingNumbers) {
		return nil, grammar.Impossible()
	}
	return nil, grammar.Absent(grammar.Title(kind), full.String())
}

// missingPlace returns the error for an object whose database or schema is missing. Some accounts use a different code
// for some kinds.
func (s *Session) missingPlace(kind string, err *grammar.Error) *grammar.Error {
	if err.Code == 2003 && s.e.is(MissingNumbers) && slices.Contains([]string{grammar.KindStage, grammar.KindStreamlit, grammar.KindRule}, kind) {
		return grammar.Impossible()
	}
	return err
}

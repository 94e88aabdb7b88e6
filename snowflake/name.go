package snowflake

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Name is the name of something in an account, each part as Snowflake stores it, so that two Names are
// equal where they mean the same thing. A part that the thing does not have is empty: a role or an
// integration has an Object only, a schema no Object, a database neither Schema nor Object. So is one
// that is not known yet and left to the session.
// https://docs.snowflake.com/en/sql-reference/name-resolution
type Name struct {
	Database string `json:"database,omitempty"`
	Schema   string `json:"schema,omitempty"`
	Object   string `json:"object,omitempty"`
}

// ParseName returns the Name of an object from text such as DB.SCHEMA.OBJECT, each part as
// identifiers are written. The error is a *NameError.
func ParseName(raw string) (Name, error) {
	parts, err := Qualified(raw)
	if err != nil {
		return Name{}, err
	}
	for i, part := range parts {
		parts[i] = identText(part)
	}
	return nameOf(parts), nil
}

// AccountObject returns the Name of something of the account, such as a role or a warehouse, from raw text.
// What Snowflake cannot take stays the harmless name that AnyIdent makes of it.
func AccountObject(raw string) Name {
	if raw == "" {
		return Name{}
	}
	return Name{Object: identText(AnyIdent(raw))}
}

// StoredObject returns the Name of something of the account from its stored form.
func StoredObject(stored string) Name { return Name{Object: stored} }

// ObjectIn returns the Name of an object in a schema, as AnyJoin writes it: all three are raw text,
// object may be qualified itself.
func ObjectIn(database, schema, object string) Name {
	parts, err := splitSQL(AnyJoin(database, schema, object))
	if err != nil {
		return Name{Object: object}
	}
	return nameOf(parts)
}

// SchemaIn returns the Name of a schema from raw text; the database may be empty.
func SchemaIn(database, schema string) Name {
	return Name{Database: AccountObject(database).Object, Schema: AccountObject(schema).Object}
}

// DatabaseRole returns the Name of a database role from its database and its own name, both stored.
func DatabaseRole(database, role string) Name { return Name{Database: database, Object: role} }

// ShownName returns the Name that an account shows: parts with dots between, a part in quotes where it
// needs them; what stands without quotes is as it is stored. A function's arguments do not count.
func ShownName(text string) Name {
	text = strings.TrimSpace(text)
	if at := strings.IndexByte(text, '('); at > 0 && strings.HasSuffix(text, ")") && !strings.Contains(text[:at], `"`) {
		text = text[:at]
	}
	raws, err := split(strings.TrimSuffix(text, "()"))
	if err != nil {
		return Name{Object: text}
	}
	for i, raw := range raws {
		raws[i] = Plain(raw)
	}
	return nameOf(raws)
}

// nameOf puts stored parts into a Name, the last one being the object's.
func nameOf(parts []string) Name {
	n := Name{Object: parts[len(parts)-1]}
	if len(parts) > 1 {
		n.Schema = parts[len(parts)-2]
	}
	if len(parts) > 2 { //nolint:mnd // DATABASE.SCHEMA.OBJECT.
		n.Database = parts[len(parts)-3]
	}
	return n
}

// splitSQL cuts a qualified name as SQL writes it into its stored parts; a part may be too long to be
// a name.
func splitSQL(sql string) ([]string, error) {
	parts, err := split(sql)
	if err != nil {
		return nil, err
	}
	for i, part := range parts {
		parts[i] = identText(part)
	}
	return parts, nil
}

// identText is the stored form of an identifier as SQL writes it.
func identText(sql string) string {
	if wrapped(sql) {
		return Plain(sql)
	}
	return strings.ToUpper(sql)
}

// Parent returns what a Name is in: an object's schema, a schema's database; the zero Name where
// nothing is known of it.
func (n Name) Parent() Name {
	switch {
	case n.Object != "":
		return Name{Database: n.Database, Schema: n.Schema}
	case n.Schema != "":
		return Name{Database: n.Database}
	default:
		return Name{}
	}
}

// InDatabase returns the database of a Name as a Name of its own.
func (n Name) InDatabase() Name { return Name{Database: n.Database} }

// Last returns the stored form of the last part: the thing's own name.
func (n Name) Last() string {
	switch {
	case n.Object != "":
		return n.Object
	case n.Schema != "":
		return n.Schema
	default:
		return n.Database
	}
}

// IsZero reports whether nothing is named.
func (n Name) IsZero() bool { return n == Name{} }

// SQL returns the Name as SQL writes it, with quotes where a part needs them.
func (n Name) SQL() string {
	var b strings.Builder
	for _, part := range []string{n.Database, n.Schema, n.Object} {
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(FromStored(part))
	}
	return b.String()
}

// String is SQL.
func (n Name) String() string { return n.SQL() }

// UnmarshalJSON reads a Name, and what earlier versions wrote of one: its text.
func (n *Name) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*n = Name{}
		if parts, err := splitSQL(text); err == nil && text != "" {
			*n = nameOf(parts)
		}
		return nil
	}
	type plain Name
	if err := json.Unmarshal(data, (*plain)(n)); err != nil {
		return fmt.Errorf("read a name: %w", err)
	}
	return nil
}

// ShownOn returns the Name of what a privilege is on, as SHOW GRANTS shows it; on is the kind as GRANT
// writes it.
func ShownOn(on, text string) Name {
	if text == "" || on == OnAccount {
		return Name{}
	}
	n := ShownName(text)
	switch on {
	case OnDatabase:
		return Name{Database: n.Object}
	case OnSchema:
		return Name{Database: n.Schema, Schema: n.Object}
	case OnDatabaseRole:
		return Name{Database: n.Schema, Object: n.Object}
	default:
		return n
	}
}

// Spelling is how names were written where they were given, by what they mean: a script keeps the
// spelling of the answers.
type Spelling map[Name]string

// SQL returns a Name as it was written, or as Snowflake stores it where it was not.
func (s Spelling) SQL(n Name) string {
	if text, ok := s[n]; ok {
		return text
	}
	return n.SQL()
}

// Add keeps how a Name was written, unless it was written already.
func (s Spelling) Add(n Name, sql string) {
	if _, ok := s[n]; !ok && !n.IsZero() {
		s[n] = sql
	}
}

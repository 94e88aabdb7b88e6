package snowflake

import (
	"encoding/json"
	"strings"
)

// Name is the name of an object in an account. Each part is in its stored form, so two equal Names identify the same
// object. Parts that do not apply are empty: a role or an integration has only an Object, a schema no Object, a
// database neither Schema nor Object. A part that is left to the session is empty, too.
// https://docs.snowflake.com/en/sql-reference/name-resolution
type Name struct {
	Database string `json:"database,omitempty"`
	Schema   string `json:"schema,omitempty"`
	Object   string `json:"object,omitempty"`
}

// ParseName returns the Name for text such as DB.SCHEMA.OBJECT, each part written as an identifier. The error is a
// *NameError.
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

// AccountObject returns the Name of an account-level object, such as a role or a warehouse, from raw text. An invalid
// name becomes the harmless one that LenientIdent returns.
func AccountObject(raw string) Name {
	if raw == "" {
		return Name{}
	}
	return Name{Object: identText(LenientIdent(raw))}
}

// StoredObject returns the Name of an account-level object from its stored form.
func StoredObject(stored string) Name { return Name{Object: stored} }

// ObjectIn returns the Name of an object in a schema, resolved like LenientJoin: all three are raw text, and object may
// be qualified.
func ObjectIn(database, schema, object string) Name {
	parts, err := splitSQL(LenientJoin(database, schema, object))
	if err != nil {
		return Name{Object: object}
	}
	return nameOf(parts)
}

// SchemaIn returns the Name of a schema from raw text; the database may be empty.
func SchemaIn(database, schema string) Name {
	return Name{Database: AccountObject(database).Object, Schema: AccountObject(schema).Object}
}

// DatabaseRole returns the Name of a database role from the stored names of its database and of the role.
func DatabaseRole(database, role string) Name { return Name{Database: database, Object: role} }

// ShownName returns the Name for text that an account shows: parts separated by dots, quoted where necessary. Unquoted
// parts are in their stored form. A function's argument list is ignored.
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
		raws[i] = Unquote(raw)
	}
	return nameOf(raws)
}

// nameOf returns the Name for stored parts, the last of which is the object.
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

// splitSQL splits a qualified SQL name into its stored parts. It does not check their length.
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

// identText returns the stored form of an SQL identifier.
func identText(sql string) string {
	if isQuoted(sql) {
		return Unquote(sql)
	}
	return strings.ToUpper(sql)
}

// Parent returns the Name of the container: the schema of an object, the database of a schema. It returns the zero Name
// if there is none.
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

// InDatabase returns the Name of n's database.
func (n Name) InDatabase() Name { return Name{Database: n.Database} }

// Last returns the stored form of the last part, the object's own name.
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

// IsZero reports whether n is the zero Name.
func (n Name) IsZero() bool { return n == Name{} }

// SQL returns n as an SQL name, with quotes where a part needs them.
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

// String returns the same text as SQL.
func (n Name) String() string { return n.SQL() }

// UnmarshalJSON reads a Name, also in the form of earlier versions, which wrote it as text.
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
	return json.Unmarshal(data, (*plain)(n)) //nolint:wrapcheck // Its caller is encoding/json.
}

// ShownOn returns the Name of the object of a privilege, as SHOW GRANTS shows it; on is the object type as written in
// GRANT.
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

// Spelling maps Names to how the answers spell them, so that a script keeps that spelling.
type Spelling map[Name]string

// SQL returns a Name in its recorded spelling, or in its stored form if there is none.
func (s Spelling) SQL(n Name) string {
	if text, ok := s[n]; ok {
		return text
	}
	return n.SQL()
}

// Add records how a Name is spelled. The first spelling wins.
func (s Spelling) Add(n Name, sql string) {
	if _, ok := s[n]; !ok && !n.IsZero() {
		s[n] = sql
	}
}

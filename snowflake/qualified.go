package snowflake

import (
	"errors"
	"strings"

	"sleet/ui/message"
)

// LenientJoin is like Join but never fails, for text that is still being typed: a name that cannot be split becomes one
// quoted part, as with LenientIdent.
func LenientJoin(database, schema, name string) string {
	if database != "" {
		database = LenientIdent(database)
	}
	if schema != "" {
		schema = LenientIdent(schema)
	}
	if sql, err := Join(database, schema, name); err == nil {
		return sql
	}
	// LenientIdent returns a valid raw name, except that it may be too long.
	parts := []string{LenientIdent(name)}
	if schema != "" {
		parts = append([]string{schema}, parts...)
		if database != "" {
			parts = append([]string{database}, parts...)
		}
	}
	return strings.Join(parts, ".")
}

// maxParts is the number of parts in DATABASE.SCHEMA.NAME.
const maxParts = 3

// Qualified splits a raw name such as DB.SCHEMA.NAME at its dots, except inside double quotes, and returns its one to
// three parts as SQL identifiers. The error is a *NameError.
// https://docs.snowflake.com/en/sql-reference/name-resolution
func Qualified(raw string) ([]string, error) {
	raws, err := split(raw)
	if err != nil {
		return nil, err
	}
	parts := make([]string, 0, len(raws))
	for _, part := range raws {
		sql, err := Ident(part)
		if err != nil {
			return nil, inPart(raw, part, err)
		}
		parts = append(parts, sql)
	}
	return parts, nil
}

// inPart adds to the error of a part the whole name that it belongs to.
func inPart(raw, part string, err error) error {
	var name *NameError
	if raw == part || !errors.As(err, &name) {
		return err
	}
	if part == "" {
		return newNameError(raw, message.New("problem.name.empty_part"), name.Fix)
	}
	return newNameError(raw, message.New("problem.name.part", "part", shown(part), "why", name.Why), name.Fix)
}

// split splits a qualified name into its raw parts. A part that starts with a double quote ends at the next unescaped
// one, which a dot or the end must follow.
func split(raw string) ([]string, error) {
	var parts []string
	for rest := raw; ; {
		n, err := partLength(raw, rest)
		if err != nil {
			return nil, err
		}
		parts = append(parts, rest[:n])
		if n == len(rest) {
			break
		}
		rest = rest[n+1:]
	}
	if len(parts) > maxParts {
		return nil, newNameError(raw, message.New("problem.name.parts", "count", len(parts)), message.New("problem.name.parts.fix"))
	}
	return parts, nil
}

// partLength returns the length of the first part of rest in bytes.
func partLength(raw, rest string) (int, error) {
	if !strings.HasPrefix(rest, `"`) {
		if dot := strings.IndexByte(rest, '.'); dot >= 0 {
			return dot, nil
		}
		return len(rest), nil
	}
	for i := 1; i < len(rest); i++ {
		if rest[i] != '"' {
			continue
		}
		if i+1 < len(rest) && rest[i+1] == '"' {
			i++
			continue
		}
		if i+1 < len(rest) && rest[i+1] != '.' {
			return 0, newNameError(raw, message.New("problem.name.text_after"), message.New("problem.name.text_after.fix"))
		}
		return i + 1, nil
	}
	return 0, newNameError(raw, message.New("problem.name.open"), message.New("problem.name.open.fix"))
}

// Join returns the qualified SQL name of an object in a schema. Each argument is raw text; name may be qualified, and
// only its missing parts come from database and schema. A schema without a database is valid; a database without a
// schema cannot be written and is left to USE DATABASE. The error is a *NameError.
func Join(database, schema, name string) (string, error) {
	parts, err := Qualified(name)
	if err != nil {
		return "", err
	}
	if len(parts) == 1 && schema != "" {
		sql, err := Ident(schema)
		if err != nil {
			return "", err
		}
		parts = append([]string{sql}, parts...)
	}
	if len(parts) == maxParts-1 && database != "" {
		sql, err := Ident(database)
		if err != nil {
			return "", err
		}
		parts = append([]string{sql}, parts...)
	}
	return strings.Join(parts, "."), nil
}

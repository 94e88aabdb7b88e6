package engine

import (
	"fmt"
	"strings"
	"time"
)

// field is one column of SHOW or DESCRIBE, with the function that returns its value.
type field struct {
	name, Type string
	of         func(*Session, *object) any
}

func columnsOf(fields []field) []column {
	columns := make([]column, len(fields))
	for i, f := range fields {
		columns[i] = column{f.name, f.Type, true}
	}
	return columns
}

// stampText returns a time as it appears in a result: seconds since 1970, with milliseconds after a dot. The protocol
// declares that precision for the column.
func stampText(t time.Time) string {
	return fmt.Sprintf("%d.%03d", t.Unix(), t.Nanosecond()/int(time.Millisecond))
}

func textField(name string, of func(*Session, *object) any) field { return field{name, "text", of} }

func propField(name, prop string) field {
	return textField(name, func(_ *Session, o *object) any {
		if v, ok := o.props[prop]; ok {
			return v.text
		}
		return nil
	})
}

func fixedText(name string, text any) field {
	return textField(name, func(*Session, *object) any { return text })
}

func stamp() []field {
	return []field{{"created_on", "timestamp_ltz", func(_ *Session, o *object) any { return stampText(o.created) }}}
}

func nameField() field {
	return textField("name", func(_ *Session, o *object) any {
		short, _, _ := strings.Cut(o.short(), "(")
		return short
	})
}

func commentField() field {
	return textField("comment", func(_ *Session, o *object) any { return o.comment })
}

func ownerField() field {
	return textField("owner", func(_ *Session, o *object) any {
		if o.owner == "" {
			return ""
		}
		return named(o.owner)
	})
}

func ownerType() field {
	return textField("owner_role_type", func(_ *Session, o *object) any {
		if o.owner == "" {
			return ""
		}
		return strings.ReplaceAll(kindOf(o.owner), " ", "_")
	})
}

func placed() []field {
	return []field{
		nameField(),
		textField("database_name", func(_ *Session, o *object) any { return o.parts[0] }),
		textField("schema_name", func(_ *Session, o *object) any { return o.parts.Part(1) }),
	}
}

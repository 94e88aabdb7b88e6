package resources

import (
	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui/message"
)

// values returns the parts of a secret's value that a person enters. If there are none, the value
// comes from an integration.
func (s parsedSecret) values() []scaffold.SecretValue { return s.Type.Facts().ValuesIn(s.Flow) }

// slots returns the slots for the parts of a secret's value.
func (s parsedSecret) slots() []snowflake.Slot {
	list := make([]snowflake.Slot, 0, len(s.values()))
	for _, value := range s.values() {
		list = append(list, slot(s.Key, value.Field))
	}
	return list
}

// slot returns the slot for a part of a secret's value. The placeholder is unquoted, so that
// running it unchanged is a syntax error instead of creating a secret.
func slot(key, field string) snowflake.Slot {
	name := key
	if field != "" {
		name += "." + field
	}
	return snowflake.Slot{Placeholder: "<secret:" + name + ">", Key: key, Field: field}
}

func (s parsedSecret) typeProperty() snowflake.Property {
	return snowflake.Property{Name: "TYPE", Value: snowflake.WordValue(s.Type.SQLName()), Fixed: true}
}

// createSecrets creates the app's secrets, then lets the administrator refer to them in the
// integration.
func (a *Parsed) createSecrets() []step {
	var list, grants []step
	for _, s := range a.Secrets {
		if s.Existing {
			continue
		}
		list = append(list, step{Resource: s.resource(), why: a.secretWhy(s)})
		if a.switches() {
			grants = append(grants, grant(usage, snowflake.KindSecret.On(), s.Name, a.Admin))
		}
	}
	return append(list, withWhy(grants, a.text("file.sql.secret_grant"))...)
}

// resource returns the secret as CREATE SECRET creates it.
func (s parsedSecret) resource() snowflake.Resource {
	created := func(name string, value snowflake.Value) snowflake.Property {
		return snowflake.Property{Name: name, Value: value, Created: true}
	}
	facts := s.Type.Facts()
	list := []snowflake.Property{s.typeProperty()}
	for i, value := range s.values() {
		list = append(list, created(value.Property, snowflake.SlotValue(s.slots()[i])))
	}
	if facts.Integration {
		list = append(list, created("API_AUTHENTICATION", snowflake.NameValue(s.Integration)))
	}
	if facts.TakesScopes(s.Flow) && len(s.Scopes) > 0 {
		list = append(list, snowflake.Property{Name: "OAUTH_SCOPES", Value: snowflake.TextsValue(s.Scopes...), Whole: true})
	}
	if facts.Enabled {
		list = append(list, created("ENABLED", snowflake.WordValue("TRUE")))
	}
	if s.Comment != "" {
		list = append(list, snowflake.Property{Name: "COMMENT", Value: snowflake.TextValue(s.Comment)})
	}
	return snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: s.Name}, Managed: true, Key: s.Key, Properties: list}
}

// secretWhy returns the comment about what to fill in.
func (a *Parsed) secretWhy(s parsedSecret) string {
	if len(s.values()) == 0 {
		return a.text("file.sql.secret.integration", "key", s.Key, "integration", a.SQL(s.Integration))
	}
	return a.text("file.sql.secret."+message.ID(s.Type), "key", s.Key)
}

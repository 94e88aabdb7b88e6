package resources

import (
	"strings"

	"sleet/snowflake"
)

// The types of secrets, as sleet.toml writes them.
const (
	GenericString      = "generic_string"
	Password           = "password"
	OAuth2             = "oauth2"
	CloudProviderToken = "cloud_provider_token"
)

// secretPart is a property of CREATE SECRET that holds a part of a secret's value.
type secretPart struct{ property, field string }

// parts returns the parts of a secret's value by its type and flow. A type without parts has its value
// from a security integration.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func (s parsedSecret) parts() []secretPart {
	switch {
	case s.Type == GenericString:
		return []secretPart{{"SECRET_STRING", ""}}
	case s.Type == Password:
		return []secretPart{{"USERNAME", "username"}, {"PASSWORD", "password"}}
	case s.Type == OAuth2 && s.AuthorizationCode:
		return []secretPart{
			{"OAUTH_REFRESH_TOKEN", "refresh_token"},
			{"OAUTH_REFRESH_TOKEN_EXPIRY_TIME", "refresh_token_expiry"},
		}
	default:
		return nil
	}
}

// slots are the places of the parts of a secret's value.
func (s parsedSecret) slots() []snowflake.Slot {
	list := make([]snowflake.Slot, 0, len(s.parts()))
	for _, part := range s.parts() {
		list = append(list, slot(s.Key, part.field))
	}
	return list
}

// slot returns the place of a part of a secret's value. The placeholder stands without quotes, so
// that running it unchanged is a syntax error and no secret is made of it.
func slot(key, field string) snowflake.Slot {
	name := key
	if field != "" {
		name += "." + field
	}
	return snowflake.Slot{Placeholder: "<secret:" + name + ">", Key: key, Field: field}
}

// sqlType is a secret's type as CREATE SECRET and get_secret_type write it.
func (s parsedSecret) sqlType() string { return strings.ToUpper(s.Type) }

func (s parsedSecret) typeProperty() snowflake.Property {
	return snowflake.Property{Name: "TYPE", Value: snowflake.WordValue(s.sqlType()), Fixed: true}
}

// createSecrets makes the secrets that the app brings, and then lets the administrator name them in
// the integration.
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
	return append(list, because(grants, a.text("file.sql.secret_grant"))...)
}

// resource is the secret as CREATE SECRET makes it.
func (s parsedSecret) resource() snowflake.Resource {
	created := func(name string, value snowflake.Value) snowflake.Property {
		return snowflake.Property{Name: name, Value: value, Created: true}
	}
	list := []snowflake.Property{s.typeProperty()}
	for i, part := range s.parts() {
		list = append(list, created(part.property, snowflake.SlotValue(s.slots()[i])))
	}
	if s.Type == OAuth2 || s.Type == CloudProviderToken {
		list = append(list, created("API_AUTHENTICATION", snowflake.NameValue(s.Integration)))
	}
	if s.Type == OAuth2 && !s.AuthorizationCode && len(s.Scopes) > 0 {
		list = append(list, snowflake.Property{Name: "OAUTH_SCOPES", Value: snowflake.TextsValue(s.Scopes...)})
	}
	if s.Type == CloudProviderToken {
		list = append(list, created("ENABLED", snowflake.WordValue("TRUE")))
	}
	if s.Comment != "" {
		list = append(list, snowflake.Property{Name: "COMMENT", Value: snowflake.TextValue(s.Comment)})
	}
	return snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSecret, Name: s.Name}, Managed: true, Key: s.Key, Properties: list}
}

func (a *Parsed) secretWhy(s parsedSecret) string {
	switch {
	case len(s.parts()) == 0:
		return a.text("file.sql.secret.integration", "key", s.Key, "integration", a.SQL(s.Integration))
	case s.Type == Password:
		return a.text("file.sql.secret.password", "key", s.Key)
	case s.Type == OAuth2:
		return a.text("file.sql.secret.oauth2", "key", s.Key)
	default:
		return a.text("file.sql.secret.generic_string", "key", s.Key)
	}
}

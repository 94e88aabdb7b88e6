package scaffold

import (
	"strings"

	"sleet/snowflake"
)

// secretPart is a property of CREATE SECRET that holds a part of a secret's value.
type secretPart struct{ property, field string }

// secretParts gives the parts of a secret's value by its type and flow. A type without parts has
// its value from a security integration.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func secretParts(t SecretType, f Flow) []secretPart {
	switch {
	case t == GenericString:
		return []secretPart{{"SECRET_STRING", ""}}
	case t == Password:
		return []secretPart{{"USERNAME", "username"}, {"PASSWORD", "password"}}
	case t == OAuth2 && f == AuthorizationCode:
		return []secretPart{
			{"OAUTH_REFRESH_TOKEN", "refresh_token"},
			{"OAUTH_REFRESH_TOKEN_EXPIRY_TIME", "refresh_token_expiry"},
		}
	default:
		return nil
	}
}

// slot gives the place of a part of a secret's value. The placeholder stands without quotes, so
// that running it unchanged is a syntax error and no secret is made of it.
func slot(key, field string) snowflake.Slot {
	name := key
	if field != "" {
		name += "." + field
	}
	return snowflake.Slot{Placeholder: "<secret:" + name + ">", Key: key, Field: field}
}

// sqlType is a secret's type as CREATE SECRET and get_secret_type write it.
func sqlType(t SecretType) string { return strings.ToUpper(string(t)) }

// createSecrets makes the secrets that the app brings, and then lets the administrator name them in
// the integration.
func (o *objects) createSecrets() []snowflake.Statement {
	var list, grants []snowflake.Statement
	for _, s := range o.secrets {
		if s.Existing {
			continue
		}
		list = append(list, o.createSecret(s))
		if o.switches() {
			grants = append(grants, grant("USAGE", "SECRET "+s.name, o.admin, ""))
		}
	}
	return append(list, because(grants, o.tell(say(
		"The administrator names the secrets in the integration.",
		"管理者が統合にシークレットを指定するために必要です。")))...)
}

func (o *objects) createSecret(s secretObject) snowflake.Statement {
	st := snowflake.Statement{
		Kind: snowflake.KindSecret,
		Name: s.name,
		Undo: "DROP SECRET IF EXISTS " + s.name,
		Why:  o.secretWhy(s),
	}
	clauses := []string{snowflake.Set("TYPE", sqlType(s.Type))}
	for _, part := range secretParts(s.Type, s.Flow) {
		place := slot(s.Key, part.field)
		st.Slots = append(st.Slots, place)
		clauses = append(clauses, snowflake.Set(part.property, place.Placeholder))
	}
	if s.Type == OAuth2 || s.Type == CloudProviderToken {
		clauses = append(clauses, snowflake.Set("API_AUTHENTICATION", snowflake.AnyIdent(s.Integration)))
	}
	if s.Type == OAuth2 && s.Flow != AuthorizationCode {
		clauses = append(clauses, snowflake.Set("OAUTH_SCOPES", snowflake.List(snowflake.Literals(s.Scopes)...)))
	}
	if s.Type == CloudProviderToken {
		clauses = append(clauses, "ENABLED = TRUE")
	}
	clauses = append(clauses, snowflake.SetText("COMMENT", s.Comment))
	st.SQL = snowflake.Clauses("CREATE SECRET IF NOT EXISTS "+s.name, clauses...)
	return st
}

func (o *objects) secretWhy(s secretObject) string {
	switch {
	case len(secretParts(s.Type, s.Flow)) == 0:
		return o.tell(say(
			"%s: its value comes from the integration %s. Nothing is to fill in.",
			"%s: 値は統合 %s から得られます。記入するものはありません。"), s.Key, snowflake.AnyIdent(s.Integration))
	case s.Type == Password:
		return o.tell(say(
			"%s: fill in user name and password, each in single quotes. Neither can hold a colon.",
			"%s: ユーザー名とパスワードを、それぞれ一重引用符で囲んで記入してください。コロンは使えません。"), s.Key)
	case s.Type == OAuth2:
		return o.tell(say(
			"%s: fill in the refresh token and the time it expires (2027-01-31 20:00:00), each in single quotes.",
			"%s: リフレッシュトークンと有効期限 (2027-01-31 20:00:00) を、それぞれ一重引用符で囲んで記入してください。"), s.Key)
	default:
		return o.tell(say(
			"%s: fill in the value in single quotes, and double each single quote and backslash in it.",
			"%s: 値を一重引用符で囲んで記入してください。値の中の一重引用符とバックスラッシュは二つ重ねます。"), s.Key)
	}
}

package grammar

import (
	"maps"
	"slices"
	"strings"
)

// secretShape has the required and the optional properties of a type of secret, besides TYPE and COMMENT.
type secretShape struct{ must, may []string }

// secretShapes returns the properties of a type in CREATE SECRET.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func secretShapes(kind string) secretShape {
	switch kind {
	case "GENERIC_STRING":
		return secretShape{must: []string{"SECRET_STRING"}}
	case "PASSWORD":
		return secretShape{must: []string{"USERNAME", "PASSWORD"}}
	case "OAUTH2":
		return secretShape{must: []string{"API_AUTHENTICATION"}, may: []string{"OAUTH_SCOPES", "OAUTH_REFRESH_TOKEN", "OAUTH_REFRESH_TOKEN_EXPIRY_TIME"}}
	case "CLOUD_PROVIDER_TOKEN":
		return secretShape{must: []string{"API_AUTHENTICATION"}, may: []string{"ENABLED"}}
	case "SYMMETRIC_KEY":
		return secretShape{must: []string{"ALGORITHM"}}
	default:
		return secretShape{}
	}
}

// CheckSecret returns an error for properties that do not fit the type of secret.
func CheckSecret(kind string, got map[string]Given, complete bool) *Error {
	shape := secretShapes(kind)
	for _, word := range slices.Sorted(maps.Keys(got)) {
		if word != "TYPE" && word != "COMMENT" && !slices.Contains(append(slices.Clone(shape.must), shape.may...), word) {
			return InvalidProperty(word, "SECRET of type "+kind)
		}
	}
	if complete {
		for _, word := range shape.must {
			if _, ok := got[word]; !ok {
				return MissingProperty(word)
			}
		}
		_, token := got["OAUTH_REFRESH_TOKEN"]
		_, scopes := got["OAUTH_SCOPES"]
		if token && scopes {
			return InvalidProperty("OAUTH_SCOPES", "SECRET with OAUTH_REFRESH_TOKEN")
		}
	}
	// https://docs.snowflake.com/en/developer-guide/external-network-access/external-network-access-limitations
	for _, word := range []string{"USERNAME", "PASSWORD"} {
		if strings.Contains(got[word].Text, ":") {
			return Refuse(1008, "22023", "SQL compilation error:\ninvalid value for parameter '%s': it cannot contain a colon", word)
		}
	}
	return nil
}

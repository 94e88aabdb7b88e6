package scaffold

import (
	"slices"
	"strings"
)

// needsIntegration says whether a type of secret has API_AUTHENTICATION.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func needsIntegration(t SecretType) bool { return t == OAuth2 || t == CloudProviderToken }

func knownType(t SecretType) bool {
	return slices.Contains([]SecretType{GenericString, Password, OAuth2, CloudProviderToken}, t)
}

// checkSecrets makes the check that reports one field of the secrets for which wrong gives true.
// s has its defaults.
func checkSecrets(field string, wrong func(in *inspection, i int, s SecretDecl) bool) func(*inspection) {
	return func(in *inspection) {
		for i, s := range in.app.Secrets {
			if knownType(s.Type) && wrong(in, i, s) {
				in.found(secretPath(i, field), "key", s.Key, "type", string(s.Type), "flow", string(s.Flow),
					"access", string(s.Access), "object", s.Object, "runtime", string(in.app.App.Runtime),
					"choices", listed(choicesOf(in.facts.Access[s.Type]), "or"), "other", in.sharer(i))
			}
		}
	}
}

func choicesOf(ways []Access) []string {
	texts := make([]string, len(ways))
	for i, w := range ways {
		texts[i] = string(w)
	}
	return texts
}

// flowMissing asks for a flow where the secret is ours to create: that decides what it holds.
func flowMissing(_ *inspection, _ int, s SecretDecl) bool {
	return s.Type == OAuth2 && s.Flow == "" && !s.Existing
}

func flowUnused(_ *inspection, _ int, s SecretDecl) bool { return s.Type != OAuth2 && s.Flow != "" }

func integrationMissing(_ *inspection, _ int, s SecretDecl) bool {
	return needsIntegration(s.Type) && s.Integration == "" && !s.Existing
}

func integrationUnused(_ *inspection, _ int, s SecretDecl) bool {
	return !needsIntegration(s.Type) && s.Integration != ""
}

func scopesUnused(_ *inspection, _ int, s SecretDecl) bool {
	return len(s.Scopes) > 0 && (s.Type != OAuth2 || s.Flow == AuthorizationCode)
}

func scopeBlank(_ *inspection, _ int, s SecretDecl) bool {
	return slices.ContainsFunc(s.Scopes, func(scope string) bool { return strings.TrimSpace(scope) == "" })
}

// accessUnfit says whether the runtime lacks the given way to a secret of this type.
func accessUnfit(in *inspection, _ int, s SecretDecl) bool {
	known := []Access{AccessFunction, AccessSecrets, AccessModule}
	return in.known && slices.Contains(known, s.Access) && !slices.Contains(in.facts.Access[s.Type], s.Access)
}

func objectMissing(in *inspection, i int, s SecretDecl) bool {
	return s.Existing && in.given.Secrets[i].Object == ""
}

func objectShared(in *inspection, i int, _ SecretDecl) bool { return in.sharer(i) != "" }

// sharer is the path of an earlier secret that would be created under the same name, "" where there
// is none.
func (in *inspection) sharer(i int) string {
	s := in.app.Secrets[i]
	if s.Existing || in.given.Secrets[i].Object == "" && !in.anyObjectGiven() {
		return ""
	}
	full := in.fullName(s.Object)
	for j, earlier := range in.app.Secrets[:i] {
		if full != "" && !earlier.Existing && !strings.EqualFold(earlier.Key, s.Key) && in.fullName(earlier.Object) == full {
			return secretPath(j, "object")
		}
	}
	return ""
}

// anyObjectGiven says whether some secret has a name of its own: default names never meet.
func (in *inspection) anyObjectGiven() bool {
	return slices.ContainsFunc(in.given.Secrets, func(s SecretDecl) bool { return s.Object != "" })
}

func secretRules() []Rule {
	return []Rule{
		{
			ID: "secret-flow-missing", Severity: Error, Page: pageSecret, check: checkSecrets("flow", flowMissing),
			Message: `the secret "{key}" is oauth2, but of which flow is not said`,
			Fix:     `write flow = "client_credentials" (the app acts for itself) or flow = "authorization_code" (a refresh token of somebody's)`,
		},
		{
			ID: "secret-flow-unused", Severity: Error, Page: pageSecret, check: checkSecrets("flow", flowUnused),
			Message: `the secret "{key}" has a flow, {flow}, but a {type} has none`,
			Fix:     `take flow out, or write type = "oauth2"`,
		},
		{
			ID: "secret-integration-missing", Severity: Error, Page: pageSecret, check: checkSecrets("integration", integrationMissing),
			Message: `the secret "{key}" is {type} and needs a security integration (API_AUTHENTICATION) that issues its tokens`,
			Fix:     "name it in integration; an administrator makes one with CREATE SECURITY INTEGRATION",
		},
		{
			ID: "secret-integration-unused", Severity: Error, Page: pageSecret, check: checkSecrets("integration", integrationUnused),
			Message: `the secret "{key}" has an integration, but a {type} has none`,
			Fix:     "take integration out; the app's own external access integration is network.integration",
		},
		{
			ID: "secret-scopes-unused", Severity: Error, Page: pageSecret, check: checkSecrets("scopes", scopesUnused),
			Message: `the secret "{key}" has scopes; only oauth2 with the flow client_credentials takes them`,
			Fix:     `take scopes out, or write type = "oauth2" and flow = "client_credentials"`,
		},
		{
			ID: "secret-scope-empty", Severity: Error, Page: pageSecret, check: checkSecrets("scopes", scopeBlank),
			Message: `one of the scopes of the secret "{key}" is blank`,
			Fix:     "take it out; without scopes the secret has all those of its integration",
		},
		{
			ID: "secret-access-unfit", Severity: Error, Page: pageSecrets, check: checkSecrets("access", accessUnfit),
			Message: `the secret "{key}" cannot be reached by {access}: in the {runtime} runtime a {type} is reached by {choices}`,
			Fix:     "write {choices}, or leave access out",
		},
		{
			ID: "secret-object-missing", Severity: Error, Page: pageSecret, check: checkSecrets("object", objectMissing),
			Message: `the secret "{key}" exists already, but its name in Snowflake is not said`,
			Fix:     "name it in object, as DATABASE.SCHEMA.NAME where it is not in the app's schema",
		},
		{
			ID: "secret-object-shared", Severity: Error, Page: pageSecret, check: checkSecrets("object", objectShared),
			Message: `the secret "{key}" would be created as {object}, and so would {other}: it can hold one value only`,
			Fix:     "give each an object of its own, or use one key for both",
		},
	}
}

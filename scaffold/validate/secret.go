package validate

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/catalogue"
)

// checkSecrets makes the check that reports one field of the secrets for which wrong gives true.
// s has its defaults.
func checkSecrets(field string, wrong func(in *inspection, i int, s scaffold.SecretDecl) bool) func(*inspection) {
	return func(in *inspection) {
		for i, s := range in.app.Secrets {
			if s.Type.Known() && wrong(in, i, s) {
				in.found(secretPath(i, field), "key", s.Key, "type", string(s.Type), "flow", string(s.Flow),
					"access", string(s.Access), "runtime", runtimeText(in.app.App.Runtime), "object", s.Object,
					"choices", catalogue.OneOf(answers.Choices(in.facts.Access[s.Type]...)))
			}
		}
	}
}

// flowMissing asks for a flow where the secret is ours to create: that decides what it holds.
func flowMissing(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return s.Type == scaffold.OAuth2 && s.Flow == "" && !s.Existing
}

func flowUnused(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return s.Type != scaffold.OAuth2 && s.Flow != ""
}

func integrationMissing(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return s.Type.NeedsIntegration() && s.Integration == "" && !s.Existing
}

func integrationUnused(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return !s.Type.NeedsIntegration() && s.Integration != ""
}

func scopesUnused(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return len(s.Scopes) > 0 && (s.Type != scaffold.OAuth2 || s.Flow == scaffold.AuthorizationCode)
}

func scopeBlank(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return slices.ContainsFunc(s.Scopes, func(scope string) bool { return strings.TrimSpace(scope) == "" })
}

// accessUnfit reports whether the runtime lacks the given way to a secret of this type.
func accessUnfit(in *inspection, _ int, s scaffold.SecretDecl) bool {
	known := []scaffold.Access{scaffold.AccessFunction, scaffold.AccessSecrets, scaffold.AccessModule}
	return in.known && slices.Contains(known, s.Access) && !slices.Contains(in.facts.Access[s.Type], s.Access)
}

func objectMissing(in *inspection, i int, s scaffold.SecretDecl) bool {
	return s.Existing && in.given.Secrets[i].Object == ""
}

// checkObjectShared finds secrets that would be created under one name. Default names never meet.
func checkObjectShared(in *inspection) {
	if !slices.ContainsFunc(in.given.Secrets, func(s scaffold.SecretDecl) bool { return s.Object != "" }) {
		return
	}
	names := make([]string, len(in.app.Secrets))
	for i, s := range in.app.Secrets {
		if !s.Existing {
			names[i] = in.fullName(s.Object)
		}
		j := slices.Index(names[:i], names[i])
		if names[i] != "" && j >= 0 && !strings.EqualFold(in.app.Secrets[j].Key, s.Key) {
			in.found(secretPath(i, "object"), "key", s.Key, "object", s.Object, "other", secretPath(j, "object"))
		}
	}
}

func secretRules() []Rule {
	return []Rule{
		{
			ID: "secret-flow-missing", Severity: Error, Page: pageTypes, check: checkSecrets("flow", flowMissing),
			Message: `the secret "{key}" is of the type oauth2, but of which flow is not said`,
			Fix:     `write flow = "client_credentials" (the app acts for itself) or flow = "authorization_code" (a refresh token of somebody's)`,
		},
		{
			ID: "secret-flow-unused", Severity: Error, Page: pageTypes, check: checkSecrets("flow", flowUnused),
			Message: `the secret "{key}" has the flow {flow}, but the type {type} has no flows`,
			Fix:     `take flow out, or write type = "oauth2"`,
		},
		{
			ID: "secret-integration-missing", Severity: Error, Page: pageTypes, check: checkSecrets("integration", integrationMissing),
			Message: `the secret "{key}" is of the type {type} and needs a security integration (API_AUTHENTICATION) that issues its tokens`,
			Fix:     "name it in integration; an administrator makes one with CREATE SECURITY INTEGRATION",
		},
		{
			ID: "secret-integration-unused", Severity: Error, Page: pageTypes, check: checkSecrets("integration", integrationUnused),
			Message: `the secret "{key}" has an integration, but the type {type} has none`,
			Fix:     "take integration out; the app's own external access integration is network.integration",
		},
		{
			ID: "secret-scopes-unused", Severity: Error, Page: pageTypes, check: checkSecrets("scopes", scopesUnused),
			Message: `the secret "{key}" has scopes; only the type oauth2 with the flow client_credentials takes them`,
			Fix:     `take scopes out, or write type = "oauth2" and flow = "client_credentials"`,
		},
		{
			ID: "secret-scope-empty", Severity: Error, Page: pageTypes, check: checkSecrets("scopes", scopeBlank),
			Message: `one of the scopes of the secret "{key}" is blank`,
			Fix:     "take it out; without scopes the secret has all those of its integration",
		},
		{
			ID: "secret-access-unfit", Severity: Error, Page: pageConfiguration, check: checkSecrets("access", accessUnfit),
			Message: `the secret "{key}" cannot be reached by {access}: the ways to the type {type} in the {runtime} runtime: {choices}`,
			Fix:     "write {choices}, or leave access out",
		},
		{
			ID: "secret-object-missing", Severity: Warning, Page: pageTypes, check: checkSecrets("object", objectMissing),
			Message: `the secret "{key}" exists already, but its name in Snowflake is not said: it is taken to be {object}`,
			Fix:     "name it in object unless that is right, as DATABASE.SCHEMA.NAME where it is not in the app's schema",
		},
		{
			ID: "secret-object-shared", Severity: Error, Page: pageTypes, check: checkObjectShared,
			Message: `the secret "{key}" would be created as {object}, and so would {other}: it can hold one value only`,
			Fix:     "give each an object of its own, or use one key for both",
		},
	}
}

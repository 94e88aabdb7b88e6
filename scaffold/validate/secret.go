package validate

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/catalogue"
)

// checkSecrets returns a check that reports a field of the secrets for which wrong returns true. s
// has its defaults filled in.
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

// flowMissing reports whether a secret that sleet creates lacks a flow, which decides what the
// secret holds.
func flowMissing(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return len(s.Type.Facts().Flows) > 0 && s.Flow == "" && !s.Existing
}

func flowUnused(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return len(s.Type.Facts().Flows) == 0 && s.Flow != ""
}

func integrationMissing(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return s.Type.NeedsIntegration() && s.Integration == "" && !s.Existing
}

func integrationUnused(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return !s.Type.NeedsIntegration() && s.Integration != ""
}

func scopesUnused(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return len(s.Scopes) > 0 && !s.Type.Facts().TakesScopes(s.Flow)
}

func scopeBlank(_ *inspection, _ int, s scaffold.SecretDecl) bool {
	return slices.ContainsFunc(s.Scopes, func(scope string) bool { return strings.TrimSpace(scope) == "" })
}

// accessUnfit reports whether the runtime does not support the access method for this type of
// secret.
func accessUnfit(in *inspection, _ int, s scaffold.SecretDecl) bool {
	known := []scaffold.Access{scaffold.AccessFunction, scaffold.AccessSecrets, scaffold.AccessModule}
	return in.known && slices.Contains(known, s.Access) && !slices.Contains(in.facts.Access[s.Type], s.Access)
}

func objectMissing(in *inspection, i int, s scaffold.SecretDecl) bool {
	return s.Existing && in.answers.Secrets[i].Object == ""
}

// checkObjectShared reports secrets that would be created under the same name. Default names never
// collide.
func checkObjectShared(in *inspection) {
	if !slices.ContainsFunc(in.answers.Secrets, func(s scaffold.SecretDecl) bool { return s.Object != "" }) {
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
		},
		{
			ID: "secret-flow-unused", Severity: Error, Page: pageTypes, check: checkSecrets("flow", flowUnused),
		},
		{
			ID: "secret-integration-missing", Severity: Error, Page: pageTypes, check: checkSecrets("integration", integrationMissing),
		},
		{
			ID: "secret-integration-unused", Severity: Error, Page: pageTypes, check: checkSecrets("integration", integrationUnused),
		},
		{
			ID: "secret-scopes-unused", Severity: Error, Page: pageTypes, check: checkSecrets("scopes", scopesUnused),
		},
		{
			ID: "secret-scope-empty", Severity: Error, Page: pageTypes, check: checkSecrets("scopes", scopeBlank),
		},
		{
			ID: "secret-access-unfit", Severity: Error, Page: pageConfiguration, check: checkSecrets("access", accessUnfit),
		},
		{
			ID: "secret-object-missing", Severity: Warning, Page: pageTypes, check: checkSecrets("object", objectMissing),
		},
		{
			ID: "secret-object-shared", Severity: Error, Page: pageTypes, check: checkObjectShared,
		},
	}
}

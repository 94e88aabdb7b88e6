package ci

import (
	"strings"

	"sleet/snowflake"
)

// A placeholder stands where only the person knows the value; SQL with one in it does not run.
const (
	rolePlaceholder    = "<role>"
	readingPlaceholder = "<role that only reads>"
)

// Statements create the service users that Snowflake logs the jobs in as. role owns the app, empty where the answers
// name none. The names of the repository stand as OWNER/REPOSITORY and GROUP/PROJECT.
// https://docs.snowflake.com/en/sql-reference/sql/create-user
func (o Options) Statements(role string) []string {
	if role == "" {
		role = rolePlaceholder
	}
	name := "CI_" + strings.ToUpper(strings.ReplaceAll(o.slug(), "-", "_"))
	if o.Platform == GitLab {
		return user(name, role, "https://gitlab.com", "project_path:GROUP/PROJECT:ref_type:branch")
	}
	const issuer, repository = "https://token.actions.githubusercontent.com", "repo:OWNER/REPOSITORY:"
	all := user(name+"_PLAN", readingPlaceholder, issuer, repository+"pull_request")
	if len(o.Envs) == 0 {
		return append(all, user(name, role, issuer, repository+"ref:refs/heads/"+o.Branch)...)
	}
	for _, env := range o.Envs {
		own := name + "_" + strings.ToUpper(strings.ReplaceAll(env, "-", "_"))
		all = append(all, user(own, role, issuer, repository+"environment:"+env)...)
	}
	return all
}

// user creates one service user.
func user(name, role, issuer, subject string) []string {
	return []string{
		"CREATE USER IF NOT EXISTS " + name + " TYPE = SERVICE DEFAULT_ROLE = " + role +
			"\n  WORKLOAD_IDENTITY = (TYPE = OIDC ISSUER = " + snowflake.Literal(issuer) + " SUBJECT = " + snowflake.Literal(subject) + ")",
		"GRANT ROLE " + role + " TO USER " + name,
	}
}

// Commands set the variables and store the secrets, with the platform's own program.
func (o Options) Commands() (variables, secrets []string) {
	set := map[Platform]string{GitHub: "gh variable set %s --body ", GitLab: "glab variable set %s "}[o.Platform]
	for _, v := range [][2]string{{"SNOWFLAKE_ACCOUNT", "myorg-myaccount"}, {"SLEET_URL", "https://…"}, {"SLEET_SHA256", "…"}} {
		variables = append(variables, strings.ReplaceAll(set, "%s", v[0])+v[1])
	}
	envs := o.Envs
	if len(envs) == 0 {
		envs = []string{""}
	}
	for _, env := range envs {
		for _, v := range o.Variables {
			command := "gh secret set " + v
			option := " --env "
			if o.Platform == GitLab {
				command, option = "glab variable set "+v+" --masked --protected", " --scope "
			}
			if env != "" {
				command += option + env
			}
			secrets = append(secrets, command)
		}
	}
	return variables, secrets
}

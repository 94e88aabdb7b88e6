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
	name := o.user()
	if o.Platform == GitLab {
		return user(name, role, gitlabIssuer, gitlabBranch+":ref:"+o.deployed())
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

// GitLab's tokens: who issues them, and how the subject of a branch begins.
// https://docs.gitlab.com/ci/secrets/id_token_authentication
const (
	gitlabIssuer = "https://gitlab.com"
	gitlabBranch = "project_path:GROUP/PROJECT:ref_type:branch"
)

// Planning returns what lets GitLab plan merge requests, nothing for GitHub, which plans them anyway: commands for the
// project, and statements for the account. A subject names the branch of a merge request, so that no one user could plan
// them all. With ref_protected in its place the deployed branch, which is protected, has one subject and the branches of
// merge requests another, whose user must not have the owner's role.
// https://docs.gitlab.com/api/projects
func (o Options) Planning() (commands, statements []string) {
	if o.Platform != GitLab {
		return nil, nil
	}
	commands = []string{
		`echo '{"ci_id_token_sub_claim_components": ["project_path", "ref_type", "ref_protected"]}' |` +
			"\n  glab api projects/:id --method PUT --header Content-Type:application/json --input -",
		"glab variable set SLEET_PLAN true",
	}
	changed := "ALTER USER " + o.user() + " SET " + identity(gitlabIssuer, gitlabBranch+":ref_protected:true")
	return commands, append([]string{changed}, user(o.user()+"_PLAN", readingPlaceholder, gitlabIssuer, gitlabBranch+":ref_protected:false")...)
}

// user is the name of the service user that applies.
func (o Options) user() string {
	return "CI_" + strings.ToUpper(strings.ReplaceAll(o.slug(), "-", "_"))
}

// user creates one service user.
func user(name, role, issuer, subject string) []string {
	return []string{
		"CREATE USER IF NOT EXISTS " + name + " TYPE = SERVICE DEFAULT_ROLE = " + role + "\n  " + identity(issuer, subject),
		"GRANT ROLE " + role + " TO USER " + name,
	}
}

// identity is the property of a user whom Snowflake logs in by a token with this subject.
func identity(issuer, subject string) string {
	return "WORKLOAD_IDENTITY = (TYPE = OIDC ISSUER = " + snowflake.Literal(issuer) + " SUBJECT = " + snowflake.Literal(subject) + ")"
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

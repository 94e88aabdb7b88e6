package ci

import (
	"strings"

	"sleet/snowflake"
)

// Placeholders for values that only the person knows. SQL that contains one fails.
const (
	rolePlaceholder    = "<role>"
	readingPlaceholder = "<role that only reads>"
)

// Statements returns the statements that create the service users for the jobs. role owns the app; if it is empty, the
// statements have a placeholder for it. OWNER/REPOSITORY and GROUP/PROJECT are placeholders, too.
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

// The issuer of GitLab's tokens, and the prefix of the subject for a branch.
// https://docs.gitlab.com/ci/secrets/id_token_authentication
const (
	gitlabIssuer = "https://gitlab.com"
	gitlabBranch = "project_path:GROUP/PROJECT:ref_type:branch"
)

// Planning returns what lets GitLab plan merge requests: commands for the project and statements for the account.
// GitHub needs neither. By default the subject contains the branch of the merge request, so that no single user could
// plan them all. With ref_protected instead, the deployed branch, which is protected, has one subject and all other
// branches have another, whose user must not have the owner's role.
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

// user returns the name of the service user that applies.
func (o Options) user() string {
	return "CI_" + strings.ToUpper(strings.ReplaceAll(o.slug(), "-", "_"))
}

// user returns the statements that create a service user.
func user(name, role, issuer, subject string) []string {
	return []string{
		"CREATE USER IF NOT EXISTS " + name + " TYPE = SERVICE DEFAULT_ROLE = " + role + "\n  " + identity(issuer, subject),
		"GRANT ROLE " + role + " TO USER " + name,
	}
}

// identity returns the property that lets a user log in with a token with this subject.
func identity(issuer, subject string) string {
	return "WORKLOAD_IDENTITY = (TYPE = OIDC ISSUER = " + snowflake.Literal(issuer) + " SUBJECT = " + snowflake.Literal(subject) + ")"
}

// Commands returns the commands that set the variables and store the secrets, using the platform's CLI.
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

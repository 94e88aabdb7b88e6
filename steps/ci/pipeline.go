package ci

import (
	"cmp"
	"embed"
	"strings"
	"unicode"

	"sleet/scaffold/template"
	"sleet/ui/message"
)

// Platform is a CI/CD service.
type Platform string

// The platforms.
const (
	GitHub Platform = "github"
	GitLab Platform = "gitlab"
)

// Platforms returns the platforms in the order in which messages list them.
func Platforms() []Platform { return []Platform{GitHub, GitLab} }

// Options describe a pipeline.
type Options struct {
	Platform Platform
	// App is the app's name. Dir is its folder relative to the repository's root, with forward slashes; "." is the
	// root.
	App, Dir string
	// Branch is the branch whose pushes are applied. If it is empty, GitLab's default branch is used.
	Branch string
	// Envs are the environments to plan and apply, in order. If there are none, the app is used as sleet.toml defines
	// it.
	Envs []string
	// Variables are the names of the secrets' environment variables, SLEET_SECRET_….
	Variables []string
	// Lang is the language of the comments.
	Lang string
}

// checkout is the pinned commit of actions/checkout, and checkoutRelease its release.
const (
	checkout        = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
	checkoutRelease = "v7.0.1"
	// runner is GitHub's machine and image GitLab's container for the jobs.
	runner = "ubuntu-24.04"
	image  = "alpine:3.22.2"
	// audience is the audience that Snowflake expects in a token unless the user names another.
	// https://docs.snowflake.com/en/user-guide/workload-identity-federation
	audience = "snowflakecomputing.com"
	// maxComment is the maximum number of bytes of a plan in a comment. GitHub rejects comments with more than 65,536
	// characters.
	maxComment = 60_000
)

//go:embed templates/*.tmpl
var templates embed.FS

// Path returns the path of the pipeline's file, relative to the repository's root.
func (o Options) Path() string {
	if o.Platform == GitLab {
		return ".gitlab/sleet-" + o.slug() + ".gitlab-ci.yml"
	}
	return ".github/workflows/sleet-" + o.slug() + ".yml"
}

// Command returns the command line that generates the pipeline, without the program's name. It identifies the app of a
// file.
func (o Options) Command() string {
	words := []string{"ci", string(o.Platform), shellWord(o.Dir)}
	for _, env := range o.Envs {
		words = append(words, "--env", env)
	}
	if o.Branch != "" && o.Branch != DefaultBranch {
		words = append(words, "--branch", o.Branch)
	}
	return strings.Join(words, " ")
}

// DefaultBranch is the branch that is applied if none is named.
const DefaultBranch = "main"

// File returns the pipeline's file.
func (o Options) File() ([]byte, error) {
	words := message.For(o.Lang)
	set, err := template.Parse(templates, "templates/*.tmpl", template.Options{Left: "«", Right: "»", Functions: template.Functions{
		"yaml": quote, "text": func(id string, args ...any) string { return words.T(message.ID(id), args...) },
		"comment": func(indent int, id string, args ...any) string {
			for i := range args {
				if text, is := args[i].(string); is {
					args[i] = printable(text)
				}
			}
			text := "# " + strings.ReplaceAll(words.T(message.ID(id), args...), "\n", "\n"+strings.Repeat(" ", indent)+"# ")
			return strings.ReplaceAll(text, "# \n", "#\n")
		},
	}})
	if err != nil {
		return nil, err
	}
	text, err := set.Fill(string(o.Platform)+".yml.tmpl", o.values())
	if err != nil {
		return nil, err
	}
	return []byte(text), nil
}

// values returns the data of the templates.
func (o Options) values() map[string]any {
	type environment struct{ Name, Account, Before, Shown, Dashed string }
	var envs []environment
	before := ""
	for _, env := range o.Envs {
		envs = append(envs, environment{env, accountVariable(env), before, " " + env, "-" + env})
		before = env
	}
	if o.Platform == GitLab && len(envs) == 0 {
		envs = []environment{{}} // The app without an environment: one job.
	}
	return map[string]any{
		"App": o.App, "Dir": o.escapeExpressions(o.Dir), "Slug": o.slug(), "Command": o.Command(), "Branch": o.Branch, "Deployed": o.deployed(), "Default": o.Branch == "",
		"Glob": escapeGlob(o.Dir), "Root": o.Dir == ".", "Workflow": o.Path(), "Envs": envs, "Variables": o.Variables,
		"Most": maxComment, "Checkout": checkout, "Release": checkoutRelease, "Runner": runner, "Image": image, "Audience": audience,
		"Title": o.escapeExpressions(o.App),
	}
}

// deployed returns the branch whose pushes are applied.
func (o Options) deployed() string { return cmp.Or(o.Branch, DefaultBranch) }

// accountVariable returns the name of the variable with the account of an environment.
func accountVariable(env string) string {
	return "SNOWFLAKE_ACCOUNT_" + strings.ToUpper(strings.ReplaceAll(env, "-", "_"))
}

// slug returns the app's identifier in file and job names: its folder or, in the root, its name.
func (o Options) slug() string {
	if o.Dir != "." {
		return slug(o.Dir)
	}
	return slug(o.App)
}

// slug returns a text in lower-case letters, digits and "-".
func slug(text string) string {
	const most = 50
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	s := strings.Join(words, "-")
	if s == "" {
		return "app"
	}
	return strings.TrimRight(s[:min(most, len(s))], "-")
}

// escapeExpressions escapes a text so that the platform does not expand expressions or variables in it.
func (o Options) escapeExpressions(text string) string {
	if o.Platform == GitLab {
		return strings.ReplaceAll(text, "$", "$$")
	}
	return strings.ReplaceAll(text, "${{", "${{ '${{' }}")
}

// escapeGlob returns a path with glob characters escaped.
func escapeGlob(path string) string {
	var b strings.Builder
	for _, r := range path {
		if strings.ContainsRune(`*?+[]!\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// shellWord returns a folder as one word of a command line, quoted if necessary.
func shellWord(dir string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+:=@%,-"
	if strings.Trim(dir, plain) != "" {
		return quote(dir)
	}
	return dir
}

// printable returns a text without characters that could end a comment.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r != ' ' && (!unicode.IsGraphic(r) || unicode.IsSpace(r)) {
			return '?'
		}
		return r
	}, text)
}

// Writes reports whether a file is the pipeline of the same app and platform, according to its header.
func (o Options) Writes(data []byte) bool {
	command := "sleet " + strings.Join([]string{"ci", string(o.Platform), shellWord(o.Dir)}, " ")
	for line := range strings.Lines(string(data)) {
		if _, rest, found := strings.Cut(line, command); found && (strings.TrimSpace(rest) == "" || rest[0] == ' ') {
			return true
		}
	}
	return false
}

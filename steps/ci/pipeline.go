package ci

import (
	"cmp"
	"embed"
	"strings"
	"unicode"

	"sleet/scaffold/template"
	"sleet/ui/message"
)

// Platform is a service that runs pipelines.
type Platform string

// The platforms.
const (
	GitHub Platform = "github"
	GitLab Platform = "gitlab"
)

// Platforms are the platforms in the order in which messages list them.
func Platforms() []Platform { return []Platform{GitHub, GitLab} }

// Options say what a pipeline is for.
type Options struct {
	Platform Platform
	// App is the app's name. Dir is its folder below the top of the repository, with slashes, "." for the top itself.
	App, Dir string
	// Branch is the branch whose pushes are applied. GitLab's own default branch is meant where it is empty.
	Branch string
	// Envs are the environments that are planned and applied, in this order; none is the app as sleet.toml has it.
	Envs []string
	// Variables are the names of the secrets' values, SLEET_SECRET_….
	Variables []string
	// Lang is the language of the comments.
	Lang string
}

// checkout is the commit of actions/checkout that the workflow uses, and its release.
const (
	checkout        = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
	checkoutRelease = "v7.0.1"
	// runner is the machine of GitHub, image the container of GitLab that the jobs run in.
	runner = "ubuntu-24.04"
	image  = "alpine:3.22.2"
	// audience is what Snowflake expects in a token where the user names no other.
	// https://docs.snowflake.com/en/user-guide/workload-identity-federation
	audience = "snowflakecomputing.com"
	// mostComment is how many bytes of a plan a comment shows. GitHub refuses a comment of more than 65,536 characters.
	mostComment = 60_000
)

//go:embed templates/*.tmpl
var templates embed.FS

// Path is where the pipeline's file belongs, below the top of the repository.
func (o Options) Path() string {
	if o.Platform == GitLab {
		return ".gitlab/sleet-" + o.slug() + ".gitlab-ci.yml"
	}
	return ".github/workflows/sleet-" + o.slug() + ".yml"
}

// Command is the command line that writes the pipeline, without the program's name: it tells a file's app.
func (o Options) Command() string {
	words := []string{"ci", string(o.Platform), oneWord(o.Dir)}
	for _, env := range o.Envs {
		words = append(words, "--env", env)
	}
	if o.Branch != "" && o.Branch != DefaultBranch {
		words = append(words, "--branch", o.Branch)
	}
	return strings.Join(words, " ")
}

// DefaultBranch is the branch that is applied where nobody names another.
const DefaultBranch = "main"

// File returns the text of the pipeline.
func (o Options) File() ([]byte, error) {
	words := message.For(o.Lang)
	set, err := template.Parse(templates, "templates/*.tmpl", template.Options{Left: "«", Right: "»", Functions: template.Functions{
		"yaml": quote, "text": func(id string, args ...any) string { return words.T(message.ID(id), args...) },
		"comment": func(indent int, id string, args ...any) string {
			for i := range args {
				if text, is := args[i].(string); is {
					args[i] = oneLine(text)
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

// values are what the templates show.
func (o Options) values() map[string]any {
	type environment struct{ Name, Account, Before, Shown, Dashed string }
	var envs []environment
	before := ""
	for _, env := range o.Envs {
		envs = append(envs, environment{env, accountVariable(env), before, " " + env, "-" + env})
		before = env
	}
	if o.Platform == GitLab && len(envs) == 0 {
		envs = []environment{{}} // The app as it is: a job without an environment.
	}
	return map[string]any{
		"App": o.App, "Dir": o.expressionless(o.Dir), "Slug": o.slug(), "Command": o.Command(), "Branch": o.Branch, "Deployed": o.deployed(), "Default": o.Branch == "",
		"Glob": globbed(o.Dir), "Root": o.Dir == ".", "Workflow": o.Path(), "Envs": envs, "Variables": o.Variables,
		"Most": mostComment, "Checkout": checkout, "Release": checkoutRelease, "Runner": runner, "Image": image, "Audience": audience,
		"Title": o.expressionless(o.App),
	}
}

// deployed is the branch whose pushes are applied, by the name that GitLab gives a default branch where none is known.
func (o Options) deployed() string { return cmp.Or(o.Branch, DefaultBranch) }

// accountVariable is the variable with the account of an environment.
func accountVariable(env string) string {
	return "SNOWFLAKE_ACCOUNT_" + strings.ToUpper(strings.ReplaceAll(env, "-", "_"))
}

// slug is the app in the names of files and jobs: its folder or, at the top, its name.
func (o Options) slug() string {
	if o.Dir != "." {
		return slug(o.Dir)
	}
	return slug(o.App)
}

// slug is a text in small letters, digits and "-".
func slug(text string) string {
	const most = 50
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	s := strings.Join(words, "-")
	if s == "" {
		return "app"
	}
	return strings.TrimRight(s[:min(most, len(s))], "-")
}

// expressionless keeps a platform from reading an expression or a variable in a text.
func (o Options) expressionless(text string) string {
	if o.Platform == GitLab {
		return strings.ReplaceAll(text, "$", "$$")
	}
	return strings.ReplaceAll(text, "${{", "${{ '${{' }}")
}

// globbed is a path as a pattern of paths reads it.
func globbed(path string) string {
	var b strings.Builder
	for _, r := range path {
		if strings.ContainsRune(`*?+[]!\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// oneWord is a folder in a comment with a command line.
func oneWord(dir string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+:=@%,-"
	if strings.Trim(dir, plain) != "" {
		return quote(dir)
	}
	return dir
}

// oneLine is a text in a comment.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r != ' ' && (!unicode.IsGraphic(r) || unicode.IsSpace(r)) {
			return '?'
		}
		return r
	}, text)
}

// Writes reports whether a text is a pipeline of the same app and platform, as its head says.
func (o Options) Writes(data []byte) bool {
	command := "sleet " + strings.Join([]string{"ci", string(o.Platform), oneWord(o.Dir)}, " ")
	for line := range strings.Lines(string(data)) {
		if _, rest, found := strings.Cut(line, command); found && (strings.TrimSpace(rest) == "" || rest[0] == ' ') {
			return true
		}
	}
	return false
}

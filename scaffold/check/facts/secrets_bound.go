package facts

import (
	"fmt"
	"path"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// BoundSecret is a secret that a file binds to the app under a key.
type BoundSecret struct {
	Key string
	// Finding is its position.
	Finding Finding
	// public reports whether it is in st.secrets in a container.
	public bool
	// Function is the function that holds it, if the app reads it through one.
	Function string
}

// BoundSecrets returns the secrets that the app's files bind. Those in sleet.toml come first, since
// the other files may be generated from it.
func (a *App) BoundSecrets() []BoundSecret {
	var list []BoundSecret
	if a.Answers != nil {
		p := a.RootPath(scaffold.AnswersFile)
		app := a.Answers.Resolve()
		places := answers.NewPlaces(a.Files[p])
		for i, s := range app.Secrets {
			start, end, _ := places.Place(fmt.Sprintf("secrets[%d].key", i))
			b := BoundSecret{Key: s.Key, Finding: a.TextFinding(p, start, end, s.Key, message.Message{}), public: s.Access == scaffold.AccessSecrets}
			if s.Access == scaffold.AccessFunction {
				b.Function = app.FunctionName(s.Key)
			}
			list = append(list, b)
		}
	}
	for _, p := range a.ProjectFiles() {
		text, _ := a.Text(p)
		for _, entity := range a.Entities(p, existing.YAML(text)) {
			secrets, _ := entity.Value.Get("secrets")
			for _, e := range secrets.Value.Entries() {
				start, end := e.Key.Span()
				f := NewFinding(p, text, start, end)
				f.Symbol = e.Name
				list = append(list, BoundSecret{Key: e.Name, Finding: f, public: true})
			}
		}
	}
	for _, o := range a.SQLObjects() {
		for _, s := range o.Secrets() {
			if o.Kind == KindStreamlit {
				list = append(list, BoundSecret{Key: s.Key, Finding: a.TextFinding(o.Path, s.At.Start, s.At.End, s.Key, message.Message{}), public: true})
			}
		}
	}
	return list
}

// SecretKeys returns the keys that st.secrets has. all is true if a file with any keys cannot be
// read.
func (a *App) SecretKeys(bound []BoundSecret, runtime scaffold.Runtime) (keys map[string]bool, all bool) {
	keys = map[string]bool{}
	if !scaffold.Facts(runtime).SecretsFile {
		return keys, false
	}
	for _, b := range bound {
		keys[b.Key] = keys[b.Key] || b.public
	}
	for _, p := range a.FindFiles(scaffold.SecretsFile) {
		text, read := a.Files[p]
		all = all || !read
		for _, k := range existing.TOMLKeys(text) {
			keys[k.Names[0]] = true
		}
	}
	if a.Answers != nil {
		for key := range a.Answers.Values {
			keys[key] = true
		}
	}
	for _, p := range a.FindFiles(path.Join(scaffold.StreamlitDir, "config.toml")) {
		for _, k := range existing.TOMLKeys(a.Files[p]) {
			all = all || k.Dotted() == "secrets.files"
		}
	}
	return keys, all
}

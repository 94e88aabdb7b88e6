package check

import (
	"fmt"
	"path"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// boundSecret is a secret that a file gives to the app under a key.
type boundSecret struct {
	key string
	// finding is its place.
	finding Finding
	// public says that st.secrets has it in a container.
	public bool
	// function is the one that holds it, where the app reaches it through one.
	function string
}

// boundSecrets returns the secrets that the app's files give it, those of sleet.toml first, since the
// others may be made from it.
func (a *App) boundSecrets() []boundSecret {
	var list []boundSecret
	if a.Answers != nil {
		p := a.InRoot(answersFile)
		app := a.Answers.Resolve()
		places := answers.NewPlaces(a.Files[p])
		for i, s := range app.Secrets {
			start, end, _ := places.Place(fmt.Sprintf("secrets[%d].key", i))
			b := boundSecret{key: s.Key, finding: a.inText(p, start, end, s.Key, message.Message{}), public: s.Access == scaffold.AccessSecrets}
			if s.Access == scaffold.AccessFunction {
				b.function = app.FunctionName(s.Key)
			}
			list = append(list, b)
		}
	}
	for _, p := range a.projectFiles() {
		text, _ := a.Text(p)
		for _, entity := range a.entities(p, existing.YAML(text)) {
			secrets, _ := entity.Value.Get("secrets")
			for _, e := range secrets.Value.Entries() {
				start, end := e.Key.Span()
				f := placed(p, text, start, end)
				f.Symbol = e.Name
				list = append(list, boundSecret{key: e.Name, finding: f, public: true})
			}
		}
	}
	for _, o := range a.SQLObjects() {
		for _, s := range o.secrets() {
			if o.kind == kindStreamlit {
				list = append(list, boundSecret{key: s.key, finding: a.inText(o.path, s.at.start, s.at.end, s.key, message.Message{}), public: true})
			}
		}
	}
	return list
}

// provided returns the keys that st.secrets has. all is true where a file that may have any cannot be
// read.
func (a *App) provided(bound []boundSecret, runtime scaffold.Runtime) (keys map[string]bool, all bool) {
	keys = map[string]bool{}
	if !scaffold.Facts(runtime).SecretsFile {
		return keys, false
	}
	for _, b := range bound {
		keys[b.key] = keys[b.key] || b.public
	}
	for _, p := range a.InFolders(secretsPath) {
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
	for _, p := range a.InFolders(path.Join(streamlitFolder, "config.toml")) {
		for _, k := range existing.TOMLKeys(a.Files[p]) {
			all = all || k.Dotted() == "secrets.files"
		}
	}
	return keys, all
}

package check

import (
	"fmt"
	"path"
	"strings"

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
	for _, o := range a.sqlObjects() {
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

// sl303 is the rule about secret that nothing provides, or that nothing reads.
func sl303() Rule {
	return Rule{
		ID: "SL303", Runtimes: everywhere(), Severity: Warning, Item: itemSecrets,
		Page: pageSecrets, check: looseSecrets,
		Example: Example{
			Before: `import streamlit as st

token = st.secrets["token"]

## .streamlit/secrets.toml
api_url = "https://api.example.com"
`,
			After: `import streamlit as st

api_url = st.secrets["api_url"]

## .streamlit/secrets.toml
api_url = "https://api.example.com"
`,
		},
	}
}

// looseSecrets finds keys of st.secrets that nothing provides, and secrets that nothing reads
// (SL303).
func looseSecrets(a *App, o Options) []Finding {
	bound, unread := a.boundSecrets(), a.unreadInFunctions()
	reads := a.secretReads(len(bound)+len(unread) > 0)
	var list []Finding
	keys, all := a.provided(bound, o.Runtime)
	told := map[string]bool{}
	for _, r := range reads.needed {
		place := r.unit.Path + "\x00" + r.key
		if !keys[r.key] && !all && !told[place] {
			list = append(list, unprovided(r, o))
			told[place] = true
		}
	}
	if reads.dynamic || len(a.Code()) == 0 {
		return list
	}
	seen := map[string]bool{}
	for _, b := range bound {
		if !seen[b.key] && !reads.reads(b.key) && !a.calls(b) {
			f := b.finding
			f.Said = message.New("finding.SL303.what.unread", "key", b.key)
			f.FixSaid = message.New("finding.SL303.fix.unread", "key", b.key)
			if b.function != "" {
				f.FixSaid = message.New("finding.SL303.fix.uncalled", "function", b.function)
			}
			list = append(list, f)
		}
		seen[b.key] = true
	}
	return append(list, unread...)
}

// calls reports whether some Python of the app names the function that holds a secret.
func (a *App) calls(b boundSecret) bool {
	if b.function == "" {
		return false
	}
	for _, file := range a.Python {
		source := strings.ToUpper(string(file.Text))
		// An app without a name is called after its folder, and the function after that.
		if strings.Contains(source, strings.ToUpper(b.function)) || strings.Contains(source, "_GET_"+strings.ToUpper(b.key)) {
			return true
		}
	}
	return false
}

func unprovided(r secretRead, o Options) Finding {
	f := r.unit.at(r.node, r.key, message.New("finding.SL303.what.unprovided", "key", r.key))
	f.FixSaid = message.New("finding.SL303.fix.unprovided", "key", r.key)
	if !scaffold.Facts(o.Runtime).SecretsFile {
		f.Said = message.New("finding.SL303.what.warehouse", "key", r.key)
		f.FixSaid = message.New("finding.SL303.fix.warehouse")
	}
	return f
}

// reads reports whether some code asks for a secret: under its key, or for a part of it under the name of
// the environment variable. uv reads those of package indexes.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (s secretReads) reads(key string) bool {
	return s.keys[key] || s.keys[key+"_USERNAME"] || s.keys[key+"_PASSWORD"] || strings.HasPrefix(key, "UV_INDEX_")
}

// unreadInFunctions finds secrets of functions whose body stands there and does not name them.
func (a *App) unreadInFunctions() []Finding {
	var list []Finding
	for _, o := range a.sqlObjects() {
		if o.kind == kindStreamlit || o.body == "" {
			continue
		}
		for _, s := range o.secrets() {
			if !strings.Contains(o.body, s.key) {
				f := a.inText(o.path, s.at.start, s.at.end, s.key, message.New("finding.SL303.what.function", "key", s.key))
				f.FixSaid = message.New("finding.SL303.fix.function")
				list = append(list, f)
			}
		}
	}
	return list
}

package migrate

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/migrate/rewrite"
	"sleet/scaffold/resources"
	"sleet/ui/message"
)

// secrets declares the secrets that the code reads. If the files show which object a key refers to, the secret uses
// that object; otherwise it will be created.
func (f *Inspection) secrets(app *existing.App, sql appSQL) {
	f.bind(sql)
	for _, s := range rewrite.CodeSecrets(app, rewrite.Options{App: f.App, Bound: f.bound}) {
		if f.declares(s.Name) {
			continue
		}
		d := scaffold.SecretDecl{Key: s.Name, Type: s.Type}
		i := slices.IndexFunc(f.From.Secrets, func(b resources.SecretBinding) bool { return strings.EqualFold(b.Key, s.Key) })
		if i >= 0 {
			d.Object, d.Existing = f.From.Secrets[i].Object, true
			made := sql.made[storedName(d.Object)]
			if d.Type == "" {
				d.Type = made.Type
			}
		} else if d.Type.NeedsIntegration() {
			// It cannot be created without more answers than the code contains.
			d.Existing = true
			f.Notes = append(f.Notes, change.Note{
				Rule: "SL104", Symbol: s.Key, Path: s.Reads[0].Path, Line: s.Reads[0].Line, Manual: true,
				Message: message.New("manual.secret-object", "key", s.Key),
				Fix:     message.New("manual.secret-object.fix", "name", s.Name),
			})
		}
		if d.Type == scaffold.GenericString {
			d.Type = ""
		}
		f.App.Secrets = append(f.App.Secrets, d)
	}
	for _, c := range f.values.Credentials {
		f.credential(app, c)
	}
}

// unnamedSecrets adds notes about secrets of a previously migrated app that still have no object.
func (f *Inspection) unnamedSecrets(app *existing.App) {
	for _, s := range f.App.Secrets {
		if s.Existing && s.Object == "" && s.Type.NeedsIntegration() {
			f.Notes = append(f.Notes, change.Note{
				Rule: "SL104", Symbol: s.Key, Path: app.RootPath(scaffold.AnswersFile), Manual: true,
				Message: message.New("manual.secret-object", "key", s.Key), Fix: message.New("manual.secret-object.fix", "name", s.Key),
			})
		}
	}
}

// bind records the secrets that are bound to the app.
func (f *Inspection) bind(sql appSQL) {
	for _, b := range f.From.Secrets {
		s := rewrite.Secret{Key: b.Key, Type: sql.made[storedName(b.Object)].Type}
		for _, d := range f.App.Secrets {
			if strings.EqualFold(d.Key, b.Key) {
				s.Type = cmp.Or(d.Type, scaffold.GenericString)
			}
		}
		f.bound = append(f.bound, s)
	}
}

func (f *Inspection) declares(key string) bool {
	return slices.ContainsFunc(f.App.Secrets, func(d scaffold.SecretDecl) bool { return strings.EqualFold(d.Key, key) })
}

// credential declares a secret for a credential in secrets.toml that the code reads from st.secrets, with a note to
// move it.
func (f *Inspection) credential(app *existing.App, c manifest.Credential) {
	fix := message.New("manual.credential-read.fix")
	switch read := c.Top && readsKey(app, c.Key); {
	case read && !f.declares(c.Key):
		f.App.Secrets = append(f.App.Secrets, scaffold.SecretDecl{Key: c.Key, Access: scaffold.AccessSecrets})
	case !read:
		fix = message.New("manual.credential.fix")
	}
	f.Notes = append(f.Notes, change.Note{
		Rule: "SL302", Symbol: c.Key, Path: app.RootPath(scaffold.SecretsFile), Line: c.Line, Manual: true,
		Message: message.New("manual.credential", "key", c.Key), Fix: fix,
	})
}

// readsKey reports whether app code reads a key from st.secrets.
func readsKey(app *existing.App, key string) bool {
	k := regexp.QuoteMeta(key)
	reads := regexp.MustCompile(`\bsecrets\s*(?:\[\s*["']` + k + `["']|\.\s*` + k + `\b|\.\s*get\(\s*["']` + k + `["'])`)
	for _, p := range app.Code() {
		if reads.Match(app.Python[p].Text) {
			return true
		}
	}
	return false
}

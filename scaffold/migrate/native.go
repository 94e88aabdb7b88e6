package migrate

import (
	"cmp"
	"path"
	"slices"
	"strings"

	yaml "github.com/goccy/go-yaml/ast"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate/change"
	"sleet/scaffold/migrate/manifest"
	"sleet/scaffold/migrate/rewrite"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// RuleNative is the rule id if a Native App deploys the app.
const RuleNative = "native-app"

const (
	manifestName      = "manifest.yml"
	permissionsModule = "snowflake.permissions"
)

// native is the Native App that deploys a Streamlit app. Its setup script creates the app in the account of each
// consumer, on a compute pool that the Native App creates there.
// https://docs.snowflake.com/en/developer-guide/native-apps/adding-streamlit
type native struct {
	// manifest and script are the paths of manifest.yml and its setup script, "" if they are not in the folder. place
	// is where the script creates the app.
	manifest, script string
	place            change.Place
	// container reports whether the script already uses a container.
	container bool
}

// nativeOf returns the Native App that an app belongs to, nil if there is none.
func nativeOf(folder *existing.Folder, app *existing.App, project *manifest.Project) *native {
	for _, p := range folder.Paths {
		data, read := folder.Content(p)
		if !read || path.Base(p) != manifestName || project != nil { // snowflake.yml deploys the app itself
			continue
		}
		script, root := setupScript(p, data), nativeRoot(folder, p)
		if script != "" && (root == app.Root || inFolder(root, app.Root)) {
			return &native{manifest: p, script: scriptPath(folder, p, script)}
		}
	}
	if project == nil {
		if found := nativeAbove(folder); found != nil {
			return found
		}
	}
	if asksPermissions(app) {
		return &native{}
	}
	return nil
}

// nativeAbove returns the Native App that a folder is part of, nil if there is none: the nearest manifest with a setup
// script, or a snowflake.yml that packages one.
func nativeAbove(folder *existing.Folder) *native {
	for _, above := range folder.Above {
		switch {
		case path.Base(above.Path) == manifestName:
			if setupScript(above.Path, above.Data) != "" {
				return &native{manifest: above.Path}
			}
		case packagesApp(above.Data):
			return &native{}
		}
	}
	return nil
}

// NativeAppManifest returns the path of the manifest of the Native App that deploys the app, "" if there is none.
func (f Inspection) NativeAppManifest() string {
	if f.native == nil {
		return ""
	}
	return cmp.Or(f.native.manifest, manifestName)
}

// setupScript returns the setup script that a manifest names, "" for a manifest of something else.
func setupScript(name string, data []byte) string {
	root, err := manifest.ParseYAML(name, data)
	if err != nil {
		return ""
	}
	if artifacts := manifest.Entry(root, "artifacts"); artifacts != nil {
		if script := manifest.Entry(artifacts.Value, "setup_script"); script != nil {
			return manifest.Scalar(script.Value)
		}
	}
	return ""
}

// nativeRoot returns the folder from which a Native App is built: that of the snowflake.yml that packages it, otherwise
// the manifest's own.
func nativeRoot(folder *existing.Folder, manifest string) string {
	for dir := path.Dir(manifest); ; dir = path.Dir(dir) {
		if data, ok := folder.Content(path.Join(dir, scaffold.ProjectYML)); ok && packagesApp(data) {
			return dir
		}
		if dir == "." || dir == "/" {
			return path.Dir(manifest)
		}
	}
}

// packagesApp reports whether a snowflake.yml packages a Native App.
func packagesApp(data []byte) bool {
	root, err := manifest.ParseYAML(scaffold.ProjectYML, data)
	if err != nil {
		return false
	}
	if manifest.Entry(root, "native_app") != nil {
		return true
	}
	entities := manifest.Entry(root, "entities")
	return entities != nil && slices.ContainsFunc(manifest.Entries(entities.Value), func(v *yaml.MappingValueNode) bool {
		kind := manifest.Entry(v.Value, "type")
		return kind != nil && manifest.Scalar(kind.Value) == "application package"
	})
}

// scriptPath returns the path of the setup script in the folder: next to the manifest, otherwise the nearest file with
// that name, because snowflake.yml may map it.
func scriptPath(folder *existing.Folder, manifest, script string) string {
	if p := path.Join(path.Dir(manifest), script); slices.Contains(folder.Paths, p) {
		return p
	}
	root := nativeRoot(folder, manifest)
	for _, p := range folder.Paths {
		if path.Base(p) == path.Base(script) && inFolder(root, p) {
			return p
		}
	}
	return ""
}

// asksPermissions reports whether the app's code imports a module that only a Native App has.
func asksPermissions(app *existing.App) bool {
	for _, p := range app.Code() {
		asks := false
		ast.WalkBody(app.Python[p].Body, func(n ast.Node) bool {
			asks = asks || slices.ContainsFunc(existing.ImportedNames(n), func(name string) bool {
				return name == permissionsModule || strings.HasPrefix(name, permissionsModule+".")
			})
			return !asks
		})
		if asks {
			return true
		}
	}
	return false
}

// notes returns notes that leave the deployment to the person: the runtime is set in the setup script, and what the app
// may create in the manifest.
func (n *native) notes(app *existing.App, secrets []rewrite.Secret) []change.Note {
	if n.container {
		return nil
	}
	note := change.Note{Rule: RuleNative, Path: n.place.Path, Line: n.place.Line, Manual: true}
	if note.Path == "" {
		note.Path = cmp.Or(n.script, n.manifest, app.Main, app.RootPath(scaffold.DefaultMainFile))
	}
	script, manifest := cmp.Or(n.place.Path, n.script, "the setup script"), cmp.Or(n.manifest, manifestName)
	note.Message = message.New("manual.native", "manifest", manifest)
	note.Fix = message.New("manual.native.fix", "script", script, "manifest", manifest, "runtime", scaffold.Facts(scaffold.Container).SQLName)
	notes := []change.Note{note}
	if len(secrets) > 0 {
		keys := make([]string, 0, len(secrets))
		for _, s := range secrets {
			keys = append(keys, s.Key)
		}
		note.Symbol, note.Message = "secrets", message.New("manual.native-secrets", "keys", strings.Join(keys, ", "))
		note.Fix = message.New("manual.native-secrets.fix", "script", script)
		notes = append(notes, note)
	}
	return notes
}

// steps returns the remaining steps: the Native App is deployed as before.
func (n *native) steps() []message.Message {
	return []message.Message{message.New("moved.step-native", "manifest", cmp.Or(n.manifest, manifestName))}
}

// withoutSource removes the comment in pyproject.toml about attaching the package index, because a Native App's setup
// script does that.
func withoutSource(text string) string {
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "dependencies = ") {
			for len(kept) > 0 && strings.HasPrefix(kept[len(kept)-1], "#") {
				kept = kept[:len(kept)-1]
			}
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}

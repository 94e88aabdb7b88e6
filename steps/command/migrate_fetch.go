package command

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/answers"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/snowflake/account/observe"
	"sleet/steps/command/accounts"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/ui/message"
)

// fetch downloads an app from its account to a folder that is prepared for dir, which must not exist: its files, and a
// sleet.toml with what the account knows of it.
func (o *migrateOptions) fetch(ctx context.Context, dir string) (*workspace.StagedFolder, error) {
	parts, err := snowflake.Qualified(o.from)
	if err != nil {
		return nil, exit.Usage(err, "migrate.from")
	}
	if len(parts) != 3 { //nolint:mnd // They are the database, schema and name.
		return nil, exit.Usage(nil, "migrate.from_name", "name", output.Clean(o.from))
	}
	workspace.CleanStaged(dir)
	o.host.Store().RevertMove(dir)
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return nil, exit.Usage(nil, "migrate.from_full", "dir", dir)
	}
	cloud, err := o.host.Connect(ctx, machine.ConnectOptions{Connection: o.connection, Demo: o.demo, Host: o.host})
	if err != nil {
		return nil, err
	}
	defer cloud.Close() //nolint:errcheck // The account ends idle sessions itself.
	from, ok := cloud.(accounts.Fetcher)
	if !ok {
		return nil, exit.Usage(nil, "migrate.from_no_apps")
	}
	app, err := from.Fetch(ctx, o.from)
	if err != nil {
		return nil, message.Wrap(err, "new.stopped")
	}
	if strings.Contains(strings.ToUpper(app.Runtime), "CONTAINER") {
		return nil, exit.Usage(nil, "migrate.from_moved", "name", output.Clean(o.from))
	}
	o.rootLocation = o.rootLocation || app.Legacy
	for _, missed := range app.Missed {
		output.Say(o.host.Err, o.t("migrate.from_missed", "what", output.Clean(o.catalogue().Say(missed))))
	}
	given := fetched(app, parts, filepath.Base(dir))
	app.Files[scaffold.AnswersFile] = answers.TOML(given)
	for _, name := range slices.Sorted(maps.Keys(app.Files)) {
		if !workspace.Writable(name) { // an untrusted .git could make git run programs
			output.Say(o.host.Err, o.t("migrate.from_hidden", "name", output.Clean(name)))
			delete(app.Files, name)
		}
	}
	aside, err := workspace.NewStagedFolder(dir)
	if err != nil {
		return nil, message.Wrap(err, "migrate.folder_not_created")
	}
	if err := writeFetched(aside.Dir, app.Files); err != nil {
		aside.Discard()
		return nil, err
	}
	return aside, nil
}

// namedRuntime returns the runtime's name if it is a warehouse runtime that an app does not get by default, so that a
// rollback can restore it.
func namedRuntime(name string) string {
	if scaffold.RuntimeNamed(name) != scaffold.Warehouse || !scaffold.Facts(scaffold.Warehouse).NewRuntimeName(name) {
		return ""
	}
	return name
}

// fetched returns the answers that an account's app implies.
func fetched(app observe.App, parts []string, folder string) scaffold.App {
	a := scaffold.App{
		Folder: folder,
		App: scaffold.Identity{
			Database: parts[0], Schema: parts[1], Name: parts[2], Title: app.Title, Comment: app.Comment,
			Runtime: scaffold.Warehouse, MainFile: app.MainFile, QueryWarehouse: app.Warehouse,
			RuntimeName: namedRuntime(app.Runtime),
		},
		Network: scaffold.Network{Rules: app.Rules},
		Roles:   scaffold.Roles{Viewers: app.Viewers},
	}
	if len(app.Integrations) == 1 {
		a.Network.Integration = app.Integrations[0]
	}
	for _, s := range app.Secrets {
		a.Secrets = append(a.Secrets, scaffold.SecretDecl{
			Key: s.Key, Type: scaffold.SecretType(strings.ToLower(s.Type)), Object: s.Object, Existing: true,
		})
	}
	return a
}

// writeFetched writes files to a new folder. Paths from the account cannot leave it.
func writeFetched(dir string, files map[string][]byte) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return message.Wrap(err, "migrate.folder_unopened")
	}
	defer root.Close() //nolint:errcheck // Nothing is left to write.
	for _, name := range slices.Sorted(maps.Keys(files)) {
		local := filepath.FromSlash(name)
		if err := root.MkdirAll(filepath.Dir(local), 0o755); err != nil {
			return message.Wrap(err, "migrate.folder_of_not_created", "name", output.Clean(name))
		}
		mode := fs.FileMode(0o644)
		if filepath.Base(local) == "secrets.toml" { // other users must not read it
			mode = 0o600
		}
		if err := root.WriteFile(local, files[name], mode); err != nil {
			return message.Wrap(err, "migrate.unwritten", "name", output.Clean(name))
		}
	}
	return nil
}

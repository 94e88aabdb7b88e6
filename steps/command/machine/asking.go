package machine

import (
	"context"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps/deploy"
)

// Wizard asks a person for the answers, on screens or line by line, and writes the app. It returns errors that
// exit.Code knows; if the person quits, context.Canceled.
type Wizard func(context.Context, WizardOptions) error

// WizardOptions are the options of the wizard.
type WizardOptions struct {
	// Dir is the app's folder as an absolute path, Shown is the folder as the person named it.
	Dir, Shown string
	// Folder is the current content of Dir.
	Folder workspace.Folder
	// App is the answers that are already known: from the folder, a file, or flags.
	App scaffold.App
	// Lang is the language of the screens; empty means the environment's.
	Lang string
	// Accessible asks line by line, also from a pipe.
	Accessible bool
	// Overwrite allows replacing files that the person edited.
	Overwrite bool
	// NoLock does not run uv.
	NoLock bool
	// Host is the machine that the wizard runs on.
	Host Host
}

// ConnectOptions select the account to log in to.
type ConnectOptions struct {
	// Connection is the name of the connection; empty means the default. Demo selects the account inside this process
	// instead.
	Connection string
	Demo       bool
	// Integrations are the security integrations that the app uses, as SQL identifiers. The demo account has them.
	Integrations []string
	// Lang is the language of questions; empty means the environment's.
	Lang string
	// Secrets are values that must never be shown.
	Secrets []snowflake.Secret
	Host    Host
}

// ApplyOptions are the options of the screens of `sleet apply` and `sleet destroy`.
type ApplyOptions struct {
	// Folder is the app's folder, Shown is its path as the person named it.
	Folder workspace.Folder
	Shown  string
	// Deployment has the values and the permissions of the command line.
	Deployment deploy.Deployment
	// Connection is the name of the connection, empty for the default. Demo selects the account inside this process.
	Connection string
	Demo       bool
	// NoWait does not wait for the app to start.
	NoWait bool
	// Removes removes the app from the account.
	Removes bool
	Lang    string
	Host    Host
}

// MigrateOptions are the options of the wizard that migrates an app.
type MigrateOptions struct {
	// Dir is the app's folder as an absolute path, Shown is the folder as the person named it.
	Dir, Shown string
	// Work is the folder with the files. If it is not Dir, Place moves the migrated files to Dir.
	Work  string
	Place func() error
	// Streamlit is the version to check against; empty means the newest known.
	Streamlit string
	// Legacy reports whether the app was made with ROOT_LOCATION.
	Legacy bool
	// Answers changes the answers that were inferred from the files.
	Answers func(scaffold.App) (scaffold.App, error)
	// Lang is the language of the screens; empty means the environment's.
	Lang string
	// Accessible asks line by line, also from a pipe.
	Accessible bool
	// NoLock does not run uv.
	NoLock bool
	// Uncommitted returns the files with uncommitted changes.
	Uncommitted func() []string
	Host        Host
}

package machine

import (
	"context"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps/deploy"
)

// Wizard asks a person for the answers, screen by screen or line by line, and writes the app.
// It returns the errors that exit.Code knows; a person who quits is context.Canceled.
type Wizard func(context.Context, WizardOptions) error

// WizardOptions is what the command line hands to the wizard.
type WizardOptions struct {
	// Dir is the app's folder, absolute; Shown is as the person named it.
	Dir, Shown string
	// Folder is what is there.
	Folder workspace.Folder
	// App holds the answers that are known already: of the folder, of a file, of flags.
	App scaffold.App
	// Lang is the language of the screen; empty means the environment's.
	Lang string
	// Accessible asks line by line, from a pipe as well.
	Accessible bool
	// Overwrite allows files that the person edited to be replaced.
	Overwrite bool
	// NoLock leaves uv alone.
	NoLock bool
	// Host is where the wizard runs.
	Host Host
}

// ConnectOptions say which account a command works in.
type ConnectOptions struct {
	// Connection names the profile; empty means the default one. Demo is an account inside this
	// process instead.
	Connection string
	Demo       bool
	// Integrations are the security integrations that the app names, as SQL writes them: the account
	// inside this process has them.
	Integrations []string
	// Lang is the language of what is asked; empty means the environment's.
	Lang string
	// Secrets are values that nothing may show.
	Secrets []snowflake.Secret
	Host    Host
}

// ApplyOptions are what `sleet apply` and `sleet destroy` hand to their screens.
type ApplyOptions struct {
	// Folder is the app's, Shown as the person named it.
	Folder workspace.Folder
	Shown  string
	// Deployment holds the values and the permissions of the command line.
	Deployment deploy.Deployment
	// Connection names the profile, empty for the default one; Demo is the account inside this process.
	Connection string
	Demo       bool
	// NoWait does not wait for the app to start.
	NoWait bool
	// Removes removes the app from the account.
	Removes bool
	Lang    string
	Host    Host
}

// MigrateOptions is what the command line hands to the wizard that moves an app.
type MigrateOptions struct {
	// Dir is the app's folder, absolute; Shown is as the person named it.
	Dir, Shown string
	// Work is where the files are; where that is another folder, Place moves them to Dir once they are migrated.
	Work  string
	Place func() error
	// Streamlit is the version to be held against; empty is the newest known.
	Streamlit string
	// Legacy reports whether the app was made with ROOT_LOCATION.
	Legacy bool
	// Answers are set on top of what the files tell.
	Answers func(scaffold.App) (scaffold.App, error)
	// Lang is the language of the screen; empty means the environment's.
	Lang string
	// Accessible asks line by line, from a pipe as well.
	Accessible bool
	// NoLock leaves uv alone.
	NoLock bool
	// Uncommitted names files that git has no commit of as they are.
	Uncommitted func() []string
	Host        Host
}

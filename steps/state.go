package steps

import (
	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
)

// State is everything the wizard knows: the answers, a snapshot of the folder, and what the
// person decided about files that they had edited. It holds no handle and does no I/O.
type State struct {
	App scaffold.App
	// Folder is what stood in the folder when the wizard started.
	Folder workspace.Folder
	// Draft holds the answers of an interrupted run, when there is one.
	Draft *scaffold.App
	// Last holds the answers of the app that was made last in another folder, when there is one.
	Last *scaffold.App
	// Every says that the person walks through every step, not only the short way. Defaults says that
	// they took the defaults: of the short way only the secrets and the review are left.
	Every, Defaults bool
	// ConnectFirst reports whether the person logs in before the questions.
	ConnectFirst bool
	// Review is what the person decided about edited files.
	Review Review
	// Shown is the folder as the person named it, for the commands to type next.
	Shown string
	// Outcome is what the writing did, once it is over.
	Outcome Outcome
	// Migration is an app on its way to the container runtime; nil while one is made.
	Migration *Migration
	// Deploys says that the person wants the app set up in an account now, Connected that they are
	// logged in there, Demo that it is the account inside this process.
	Deploys, Connected, Demo bool
	// Existing reports whether the app in the folder goes to the account as it stands.
	Existing bool
	// Given is what `sleet apply` or `sleet destroy` was told, where it opened the wizard; nil otherwise.
	Given *Given
	// SendSecretsFile allows a .streamlit/secrets.toml to be sent that sleet did not write.
	SendSecretsFile bool
	// SecretValues are secrets' values, in memory only and behind a mask.
	SecretValues deploy.SecretValues
	// Agreed are the things of others that may be altered.
	Agreed map[snowflake.Ref]bool
	// AgreedFiles are the files edited in Snowsight that may be replaced, and those gone from the
	// folder that may be removed.
	AgreedFiles map[string]bool
}

// Given is what a command line said of a run in an account.
type Given struct {
	// Profile is the connection to log in with at once; nil where the person chooses one.
	Profile *Profile
	// Shared, Overwrite, Prune and ValuesFile are those of the deployment.
	Shared, Overwrite, Prune bool
	ValuesFile               string
	// Removes reports whether the app is removed from the account, rather than brought to it.
	Removes bool
}

// Outcome is what the writing did to each file that it did not leave alone, and to the lock.
type Outcome struct {
	Wrote, Kept, Removed, Stale, Foreign []string
	// Locked reports whether uv.lock is beside pyproject.toml; LockError is why it does not.
	Locked    bool
	LockError string
	// RunLocally reports whether the person wants the app run on this machine once the wizard has left.
	RunLocally bool
	// Applied is what came of setting the app up in an account; nil while nobody did. Handover is
	// the script for an administrator, where there is one.
	Applied  *deploy.Applied
	Handover string
	// Startup is what came of waiting for the app to start.
	Startup doctor.Startup
	// Failure is what ended the run, nil for nothing; KeptThere are the files that stay as they were edited in Snowsight.
	Failure   error
	KeptThere []string
}

// Review is what the person decided about files that they had edited: a choice by path. See State.Conflict
// for a file that is not in it.
type Review map[string]string

// WithApp returns the State with other answers.
func (s State) WithApp(a scaffold.App) State {
	s.App = a
	return s
}

// Runtime is the chosen runtime, the default one while nothing is chosen.
func (s State) Runtime() scaffold.Runtime { return s.App.Resolve().App.Runtime }

// Removes reports whether the run removes the app from an account.
func (s State) Removes() bool { return s.Given != nil && s.Given.Removes }

// facts are those of the chosen runtime.
func (s State) facts() scaffold.RuntimeFacts { return scaffold.Facts(s.Runtime()) }

// Deployment is what the State brings to an account.
func (s State) Deployment() deploy.Deployment {
	d := deploy.Deployment{App: s.App.Clone(), Dir: s.Folder.Dir, Values: s.SecretValues, SendSecretsFile: s.SendSecretsFile}
	if g := s.Given; g != nil {
		d.Shared, d.Overwrite, d.Prune, d.ValuesFile = g.Shared, g.Overwrite, g.Prune, g.ValuesFile
	}
	return d
}

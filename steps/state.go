package steps

import (
	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
	"sleet/ui/message"
)

// State is everything that the wizard knows: the answers, a snapshot of the folder, and what the person decided about
// edited files. It has no handles and does no I/O.
type State struct {
	App scaffold.App
	// Folder is the folder as it was when the wizard started.
	Folder workspace.Folder
	// Draft is the answers of an interrupted run; nil if there is none.
	Draft *scaffold.App
	// Last is the answers of the last app created in another folder; nil if there is none.
	Last *scaffold.App
	// Every reports that the person goes through every step, not only the short path. Defaults reports that they chose
	// the defaults, which leaves only the secrets and the review of the short path.
	Every, Defaults bool
	// ConnectFirst reports whether the person logs in before the questions.
	ConnectFirst bool
	// Review is what the person decided about edited files.
	Review Review
	// Shown is the folder as the person named it, for the suggested commands.
	Shown string
	// Outcome is the result of writing the files, once they are written.
	Outcome Outcome
	// Migration is the app being migrated to the container runtime; nil otherwise.
	Migration *Migration
	// Deploys reports that the person wants to deploy the app now, Connected that they are logged in to an account,
	// Demo that it is the account inside this process.
	Deploys, Connected, Demo bool
	// Existing reports whether the app in the folder is deployed without changes.
	Existing bool
	// RunOptions is the command line of `sleet apply` or `sleet destroy` if it opened the wizard; nil otherwise.
	RunOptions *RunOptions
	// SendSecretsFile allows uploading a .streamlit/secrets.toml that sleet did not write.
	SendSecretsFile bool
	// SecretValues are the values of secrets, masked and only in memory.
	SecretValues deploy.SecretValues
	// Agreed are the objects of others that may be altered.
	Agreed map[snowflake.Ref]bool
	// AgreedFiles are the files edited in Snowsight that may be replaced, and those missing from the folder that may be
	// removed.
	AgreedFiles map[string]bool
}

// RunOptions is what the command line set for a run in an account.
type RunOptions struct {
	// Profile is the connection to log in with at once; nil if the person chooses one.
	Profile *Profile
	// Shared, Overwrite, Prune and ValuesFile are the fields of deploy.Deployment.
	Shared, Overwrite, Prune bool
	ValuesFile               string
	// Removes reports whether the app is removed from the account rather than deployed.
	Removes bool
}

// Outcome is what happened to the files that changed or need attention, to the lock, and to the app in an account.
type Outcome struct {
	Wrote, Kept, Removed, Stale, Foreign []string
	// Locked reports whether uv.lock is beside pyproject.toml; LockError is why it is not.
	Locked    bool
	LockError message.Message
	// RunLocally reports whether the person wants to run the app on this machine after the wizard has ended.
	RunLocally bool
	// Applied is the result of the deployment, nil without one. Handover is the path of the script for an
	// administrator, if there is one.
	Applied  *deploy.Applied
	Handover string
	// Startup is the result of waiting for the app to start.
	Startup doctor.Startup
	// Failure is the error that ended the run, or nil. KeptInSnowsight are the files edited in Snowsight that were not
	// replaced.
	Failure         error
	KeptInSnowsight []string
}

// Review is the person's choices for edited files, by path. State.Conflict returns the default for a file without a
// choice.
type Review map[string]string

// WithApp returns the State with other answers.
func (s State) WithApp(a scaffold.App) State {
	s.App = a
	return s
}

// Runtime returns the chosen runtime, or the default.
func (s State) Runtime() scaffold.Runtime { return s.App.Resolve().App.Runtime }

// IsRemoval reports whether the run removes the app from an account.
func (s State) IsRemoval() bool { return s.RunOptions != nil && s.RunOptions.Removes }

// facts returns the facts of the chosen runtime.
func (s State) facts() scaffold.RuntimeFacts { return scaffold.Facts(s.Runtime()) }

// Deployment returns what the State deploys.
func (s State) Deployment() deploy.Deployment {
	d := deploy.Deployment{App: s.App.Clone(), Dir: s.Folder.Dir, Values: s.SecretValues, SendSecretsFile: s.SendSecretsFile}
	if g := s.RunOptions; g != nil {
		d.Shared, d.Overwrite, d.Prune, d.ValuesFile = g.Shared, g.Overwrite, g.Prune, g.ValuesFile
	}
	return d
}

package deploy

import (
	"context"
	"path/filepath"
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// Deployer applies an app to an account and removes it. The command line and the wizard work through it; New returns
// one for a connection.
type Deployer interface {
	// Assess compares the desired state with the account.
	Assess(ctx context.Context, d Deployment) (Assessment, error)
	// Apply runs the plan of an assessment.
	Apply(ctx context.Context, d Deployment, s Assessment, h ApplyHooks) (Applied, error)
	// Undo removes what a run created, in reverse order, and nothing that existed before.
	Undo(ctx context.Context, s Assessment, done Applied, h ApplyHooks) (Applied, error)
	// AssessDestroy returns an assessment whose plan removes the app.
	AssessDestroy(ctx context.Context, d Deployment) (Assessment, error)
	// Destroy runs the plan of AssessDestroy.
	Destroy(ctx context.Context, d Deployment, s Assessment, h ApplyHooks) (Applied, error)
	// Close closes the session.
	Close() error
}

// Deployment is an app to deploy, and how.
type Deployment struct {
	App scaffold.App
	// Dir is the app's folder, an absolute path. Env is the environment of App, or empty. Each environment has its own
	// records.
	Dir, Env string
	// Files are generated files whose text differs in the environment, by path. Excluded are files that the environment
	// does not have.
	Files    map[string][]byte
	Excluded []string
	Values   SecretValues
	// Shared allows altering objects that others created or share, Overwrite replacing files that were edited in
	// Snowsight, and Prune removing files that the folder no longer has.
	Shared, Overwrite, Prune bool
	// ValuesFile is the file that Values were read from, which is never sent. SendSecretsFile allows sending a
	// .streamlit/secrets.toml that sleet did not write.
	ValuesFile      string
	SendSecretsFile bool
	// Seal authenticates the migration backups in the folder that this machine created.
	Seal func(state []byte) string

	// New reports whether the app was never deployed from this folder, as far as this machine knows. It is a hint that
	// speeds up a first deployment.
	New bool

	// sends reports whether files are sent. They are not when an app is removed.
	sends bool
}

// RecordKey returns the key of a deployment's records: its folder and environment.
func RecordKey(dir, env string) string {
	if env == "" {
		return dir
	}
	return filepath.Join(dir, "[env."+env+"]")
}

// Assessment compares the desired state of an app with an account.
type Assessment struct {
	Context snowflake.Context
	// Connection is the name of the session's connection profile.
	Connection string
	Desired    snowflake.DesiredResources
	Account    snowflake.Account
	Plan       snowflake.Plan
	// Resumes is a sentence about a run that stopped early, and where it stopped; zero if there is none.
	Resumes message.Message
	// Uploads are the files to send. Edited are those of them that were edited in Snowsight.
	Uploads, Edited []string
	// Gone are files that sleet sent and that the folder no longer has.
	Gone []string
	// Withheld describes which files of the folder are not sent, and why.
	Withheld []message.Message

	// kept are edited and gone files that the person chose to leave unchanged.
	kept []string
	// files are the app's files by path.
	files map[string][]byte
	// withheld are the paths of the files that are not sent. upload carries the others.
	withheld []string
	upload   *stage.Upload
	// journal is the app's journal in this account.
	journal Journal
}

// Changes reports whether the plan changes anything, or has items that cannot be applied.
func (s Assessment) Changes() bool {
	return slices.ContainsFunc(s.Plan.Items, func(i snowflake.Item) bool { return i.Action != snowflake.ActionSame })
}

// NeedsValues returns the keys of secrets that need a value before they can be created.
func (s Assessment) NeedsValues() []string {
	var keys []string
	for _, item := range s.Plan.Items {
		if item.NeedsValue && !slices.Contains(keys, item.Key) {
			keys = append(keys, item.Key)
		}
	}
	return keys
}

// ApplyHooks connect a run to its caller, which reports progress and answers questions.
type ApplyHooks struct {
	Event func(Event)
	// Decide is called for each failed step; nil skips the step.
	Decide func(ctx context.Context, failed Event) (Decision, error)
}

// Applied is the result of a run.
type Applied struct {
	// URL opens the app as its viewers see it, BuilderURL its page in Snowsight. Both are empty if there is no app yet.
	// If the account does not show the app's id, URL equals BuilderURL.
	URL, BuilderURL string
	// Done, Failed, Skipped and Cannot count the plan's items. Unverified names objects that differ from the desired
	// state afterwards.
	Done, Failed, Skipped, Cannot int
	Unverified                    []message.Message
	// NotShown names what a run set and the account does not show, so that it cannot be verified.
	NotShown []message.Message
	// AdminSQL is the script for an administrator, empty if there is nothing to hand over.
	AdminSQL []byte
	// CoverNote is a text to send with AdminSQL.
	CoverNote message.Message
	// Created is what the run created, for Undo. Undone reports whether it was removed again.
	Created []account.CreatedObject
	Undone  bool
}

// Complete reports whether the app is in its desired state.
func (a Applied) Complete() bool { return a.Failed+a.Skipped+a.Cannot+len(a.Unverified) == 0 }

// event calls h.Event if it is set.
func (h ApplyHooks) event(e Event) {
	if h.Event != nil {
		h.Event(e)
	}
}

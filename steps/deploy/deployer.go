package deploy

import (
	"context"
	"path/filepath"
	"slices"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/ui/message"
)

// Deployer is an account that an app is brought to, or taken from. The command line and the wizard
// work through it; OpenCloud gives one over a connection.
type Deployer interface {
	// Assess returns what the app wants beside what the account has.
	Assess(ctx context.Context, d Deployment) (Assessment, error)
	// Apply carries a survey's plan out.
	Apply(ctx context.Context, d Deployment, s Assessment, h ApplyHooks) (Applied, error)
	// Undo removes what a run made, in reverse, and nothing that was there before.
	Undo(ctx context.Context, s Assessment, done Applied, h ApplyHooks) (Applied, error)
	// AssessDestroy returns what removing the app takes.
	AssessDestroy(ctx context.Context, d Deployment) (Assessment, error)
	// Destroy carries such a plan out.
	Destroy(ctx context.Context, d Deployment, s Assessment, h ApplyHooks) (Applied, error)
	// Close ends the session.
	Close() error
}

// Deployment is what is to be brought to an account.
type Deployment struct {
	App scaffold.App
	// Dir is the app's folder, absolute. Env is the environment that App is for, empty for none: what was done there is kept
	// apart from all else that was done from the folder.
	Dir, Env string
	// Files are generated files of which the environment has another text than the folder, Left those that it does not have.
	Files  map[string][]byte
	Left   []string
	Values SecretValues
	// Shared allows what others made or share to be altered, Overwrite files that were edited in
	// Snowsight to be replaced, Prune those to be removed that the folder no longer has.
	Shared, Overwrite, Prune bool
	// ValuesFile is the file that Values were read from: it is never sent. SendSecretsFile allows a .streamlit/secrets.toml
	// that sleet did not write.
	ValuesFile      string
	SendSecretsFile bool
	// Seal vouches for the backups of migrations in the folder that this machine made.
	Seal func(state []byte) string

	// New reports whether the app was never deployed from this folder, as far as this machine knows. It is a hint:
	// what matters to a new app is then asked about sooner.
	New bool

	// sends reports whether files are to be sent, as they are not where an app is removed.
	sends bool
}

// Place is what the records of a deployment are kept under: its folder and environment.
func Place(dir, env string) string {
	if env == "" {
		return dir
	}
	return filepath.Join(dir, "[env."+env+"]")
}

// Assessment is what an app wants beside what the account has.
type Assessment struct {
	Context snowflake.Context
	// Connection is the name of the profile that the session was opened with.
	Connection string
	Desired    snowflake.DesiredResources
	Account    snowflake.Account
	Plan       snowflake.Plan
	// Resumes says in a sentence which run stopped before its end, and where; empty for none.
	Resumes message.Message
	// Uploads are the files to send, Edited those of them that were edited in Snowsight.
	Uploads, Edited []string
	// Gone are files that sleet sent once and that the folder no longer has.
	Gone []string
	// Withheld says which files of the folder are not sent, and why.
	Withheld []message.Message

	// kept are edited and gone files that are left as they are, by the person's word.
	kept []string
	// files are the app's, by path; upload is what carries them.
	files map[string][]byte
	// withheld are the paths of those that are not sent.
	withheld []string
	upload   *account.Upload
	// journal is that of the app in this account.
	journal Journal
}

// Changes reports whether there is anything to do, or to say that cannot be done.
func (s Assessment) Changes() bool {
	return slices.ContainsFunc(s.Plan.Items, func(i snowflake.Item) bool { return i.Action != snowflake.ActionSame })
}

// NeedsValues are the keys of secrets that cannot be made before a value is given.
func (s Assessment) NeedsValues() []string {
	var keys []string
	for _, item := range s.Plan.Items {
		if item.NeedsValue && !slices.Contains(keys, item.Key) {
			keys = append(keys, item.Key)
		}
	}
	return keys
}

// ApplyHooks are what a run does beside the account: it says what happens, and asks.
type ApplyHooks struct {
	Event func(Event)
	// Decide is asked about a step that failed; nil skips it.
	Decide func(ctx context.Context, failed Event) (Decision, error)
}

// Applied is what came of a run.
type Applied struct {
	// URL opens the app as its viewers see it, BuilderURL its page in Snowsight; empty where there is none
	// yet. Where the account does not show the app's id, URL is BuilderURL.
	URL, BuilderURL string
	// Done, Failed, Skipped and Cannot count the plan's items; Unverified names what was not found
	// as it should be afterwards.
	Done, Failed, Skipped, Cannot int
	Unverified                    []message.Message
	// NotShown names what a run set and the account does not show: whether it is there cannot be told.
	NotShown []message.Message
	// AdminSQL is the script for an administrator; empty where there is nothing to hand over.
	AdminSQL []byte
	// CoverNote is a text to send with it.
	CoverNote message.Message
	// Made is what the run made, for Undo; Undone says that it was taken back.
	Made   []account.Made
	Undone bool
}

// Whole says that the app stands as it is wanted.
func (a Applied) Whole() bool { return a.Failed+a.Skipped+a.Cannot+len(a.Unverified) == 0 }

// event is h.Event, or nothing.
func (h ApplyHooks) event(e Event) {
	if h.Event != nil {
		h.Event(e)
	}
}

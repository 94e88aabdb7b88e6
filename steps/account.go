package steps

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/steps/doctor"
)

// Account holds the functions that the wizard's last steps call in the accounts that a person can reach. Each may
// block; a canceled context stops it.
type Account struct {
	// Profiles lists the connections of this machine.
	Profiles func(ctx context.Context) ([]Profile, error)
	// AddProfile writes a new connection, AllowOnlyMe removes other users' permissions on a connection's file. Both are
	// nil where this machine does not support it.
	AddProfile  func(p Profile) error
	AllowOnlyMe func(p Profile) error
	// Connect logs in. It calls ask for credentials that the connection does not have.
	Connect func(ctx context.Context, p Profile, ask AskSecret) (deploy.Deployer, error)
	// Inventory lists what the account has, one kind at a time; nil lists nothing.
	Inventory func(ctx context.Context, c deploy.Deployer, listed func(deploy.Listing))
	// ReadValue reads a secret's value from a file.
	ReadValue func(path string) (snowflake.Secret, error)
	// SaveHandover writes the script for an administrator to the app's folder.
	SaveHandover func(dir string, done deploy.Applied) (path string, err error)
	// AwaitStart waits for the app of a plan to start; nil does not wait.
	AwaitStart func(ctx context.Context, c deploy.Deployer, s deploy.Assessment, began time.Time) doctor.Startup
	// Browse opens an address in the person's browser.
	Browse func(url string) error
	// AskSecret asks for a value on a terminal without echoing it, for the accessible mode; nil without a terminal.
	AskSecret AskSecret
	// Now returns the current time; nil means time.Now.
	Now func() time.Time
}

// Time returns the current time.
func (a Account) Time() time.Time {
	if a.Now == nil {
		return time.Now()
	}
	return a.Now()
}

// AskSecret asks the person for a value without echoing it; prompt names the value.
type AskSecret func(ctx context.Context, prompt string) (snowflake.Secret, error)

// CanConnect reports whether the wizard can offer the steps in an account.
func (a Account) CanConnect() bool { return a.Connect != nil && a.Profiles != nil }

// WantedParts returns the parts of secrets' values that must be given before the plan can be applied (needed), and
// those that are optional because their secrets exist (others).
func WantedParts(app scaffold.App, s deploy.Assessment) (needed, others []deploy.ValuePart) {
	keys := s.NeedsValues()
	for _, part := range deploy.ValueParts(app) {
		if slices.Contains(keys, part.Key) {
			needed = append(needed, part)
		} else {
			others = append(others, part)
		}
	}
	return needed, others
}

// LacksValues reports whether a value that an assessment needs is missing.
func LacksValues(s State, assessment deploy.Assessment) bool {
	needed, _ := WantedParts(s.App, assessment)
	return slices.ContainsFunc(needed, func(part deploy.ValuePart) bool { return s.SecretValues[part].Empty() })
}

// SecretNotListed reports whether the account was asked for the secret of a key and did not list it.
func SecretNotListed(s deploy.Assessment, key string) bool {
	for ref, found := range s.Account.Found {
		i := slices.IndexFunc(s.Plan.Items, func(item snowflake.Item) bool { return item.Ref == ref })
		if ref.Kind == snowflake.KindSecret && i >= 0 && s.Plan.Items[i].Key == key {
			return found.Presence != snowflake.Present
		}
	}
	return false
}

// StepFor returns the step and the path in sleet.toml of the answer that an item of a plan depends on.
func StepFor(s State, ref snowflake.Ref, key string) (step StepID, path string) {
	path = answerFor(s, ref, key)
	return StepOf(s, path), path
}

// answerFor returns the path in sleet.toml of the answer that an item of a plan depends on.
func answerFor(s State, ref snowflake.Ref, key string) string {
	switch ref.Kind {
	case snowflake.KindSecret, snowflake.KindFunction, snowflake.KindSecurity:
		for i, secret := range s.App.Secrets {
			if strings.EqualFold(secret.Key, key) {
				return "secrets[" + strconv.Itoa(i) + "].key"
			}
		}
		return "secrets"
	case snowflake.KindNetworkRule:
		return "network.hosts"
	case snowflake.KindIntegration:
		return "network.integration"
	case snowflake.KindStage:
		return "app.stage"
	case snowflake.KindWarehouse:
		return "app.query_warehouse"
	case snowflake.KindPool:
		return askPool
	case snowflake.KindGrant:
		return "roles.viewers"
	case snowflake.KindDatabase:
		return "app.database"
	case snowflake.KindSchema, snowflake.KindSession:
		return "app.schema"
	case snowflake.KindRole:
		return "python.source"
	case snowflake.KindStreamlit, snowflake.KindUpload:
	}
	return "app.name"
}

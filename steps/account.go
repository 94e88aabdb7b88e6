package steps

import (
	"context"
	"slices"
	"strings"
	"time"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/steps/deploy"
)

// Account is what the wizard's last steps may do in the accounts that a person can reach. Each
// function may wait; a context that ends stops it.
type Account struct {
	// Profiles lists the connections of this machine.
	Profiles func(ctx context.Context) ([]Profile, error)
	// AddProfile writes a new connection, AllowOnlyMe takes a connection's file from everybody
	// else; nil where that cannot be done here.
	AddProfile  func(p Profile) error
	AllowOnlyMe func(p Profile) error
	// Connect logs in. ask gives what the connection does not hold and the person must.
	Connect func(ctx context.Context, p Profile, ask AskSecret) (deploy.Deployer, error)
	// Inventory lists what the account has, a kind at a time as it comes; nil lists nothing.
	Inventory func(ctx context.Context, c deploy.Deployer, listed func(deploy.Listing))
	// ReadValue reads a secret's value from a file.
	ReadValue func(path string) (snowflake.Secret, error)
	// SaveHandover writes the script for an administrator into the app's folder.
	SaveHandover func(dir string, done deploy.Applied) (path string, err error)
	// Browse opens an address in the person's browser.
	Browse func(url string) error
	// AskSecret asks for a value on a terminal without showing it, for the steps line by line; nil
	// without a terminal.
	AskSecret AskSecret
	// Now is the clock; nil is the machine's.
	Now func() time.Time
}

// now reads the clock.
func (a Account) now() time.Time {
	if a.Now == nil {
		return time.Now()
	}
	return a.Now()
}

// AskSecret asks the person for something that nobody may see; prompt says what.
type AskSecret func(ctx context.Context, prompt string) (snowflake.Secret, error)

// Profile is a connection as a file or the environment has it, without its secrets.
type Profile struct {
	Name, Account, User, Role, Authenticator string
	// Warehouse, Database and Schema are what a session starts with.
	Warehouse, Database, Schema string
	// KeyFile holds the private key of a new connection, TokenFile its token.
	KeyFile, TokenFile string
	// From says where it stands: a file and its line, or the environment.
	From snowflake.Text
	// Default says that it is used where none is named, Demo that it is the account inside this
	// process.
	Default, Demo bool
	// Problems are what is wrong with it; Open says that its file can be read by others, which
	// AllowOnlyMe mends.
	Problems []snowflake.Text
	Open     bool
}

// offered says whether the wizard can go on into an account.
func (a Account) offered() bool { return a.Connect != nil && a.Profiles != nil }

// The kinds of what answers name, as a Listing has them.
const (
	stockRole        = "ROLE"
	stockWarehouse   = "WAREHOUSE"
	stockPool        = "COMPUTE POOL"
	stockDatabase    = "DATABASE"
	stockSchema      = "SCHEMA"
	stockStage       = "STAGE"
	stockSecret      = "SECRET"
	stockRule        = "NETWORK RULE"
	stockIntegration = "INTEGRATION"
	stockApp         = "STREAMLIT"
)

// Stock is what an account has by kind, as far as it is listed by now.
type Stock map[string]deploy.Listing

// With gives the Stock with one more listing.
func (s Stock) With(l deploy.Listing) Stock {
	next := Stock{l.Kind: l}
	for kind, listing := range s {
		if kind != l.Kind {
			next[kind] = listing
		}
	}
	return next
}

// stockOf says which kind of thing the answer to a question names; ok is false for a question
// about something else.
func stockOf(q Question) (kind string, ok bool) {
	kinds := map[string]string{
		"app.query_warehouse": stockWarehouse, askPool: stockPool, "app.database": stockDatabase,
		"app.schema": stockSchema, "app.stage": stockStage, "app.name": stockApp,
		"network.rule": stockRule, "network.rules": stockRule, "network.integration": stockIntegration,
		"roles.owner": stockRole, "roles.admin": stockRole, "roles.viewers": stockRole,
		"secret.object": stockSecret, "secrets.object": stockSecret,
		"secret.integration": stockIntegration, "secrets.integration": stockIntegration,
	}
	kind, ok = kinds[q.ID]
	return kind, ok
}

// wantedParts are the parts of values that must be given before the plan can be carried out, and
// those of secrets that exist, which may be given anew.
func wantedParts(app scaffold.App, s deploy.Assessment) (needed, others []deploy.ValuePart) {
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

// stepFor is the place of the answer that a plan's item follows from.
func stepFor(s State, ref snowflake.Ref, key string) place {
	switch ref.Kind {
	case snowflake.KindSecret, snowflake.KindFunction, snowflake.KindSecurity:
		for i, secret := range s.App.Secrets {
			if strings.EqualFold(secret.Key, key) {
				return place{Secrets, "secrets[" + itoa(i) + "].key"}
			}
		}
		return place{Secrets, ""}
	case snowflake.KindNetworkRule:
		return place{Hosts, "network.hosts"}
	case snowflake.KindIntegration:
		return place{Hosts, "network.integration"}
	case snowflake.KindStage:
		return place{Compute, "app.stage"}
	case snowflake.KindWarehouse:
		return place{Compute, "app.query_warehouse"}
	case snowflake.KindPool:
		return place{Compute, askPool}
	case snowflake.KindGrant:
		return place{Roles, "roles.viewers"}
	case snowflake.KindDatabase:
		return place{AppStep, "app.database"}
	case snowflake.KindSchema, snowflake.KindSession:
		return place{AppStep, "app.schema"}
	case snowflake.KindRole:
		return place{Packages, "python.source"}
	case snowflake.KindStreamlit, snowflake.KindUpload:
	}
	return place{AppStep, "app.name"}
}

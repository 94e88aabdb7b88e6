package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// The default connection is named by a key at the top of config.toml, above every table.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
const (
	defaultKey      = "default_connection_name"
	defaultVariable = "SNOWFLAKE_DEFAULT_CONNECTION_NAME"
)

// misplaced is a default connection name that has no effect, because it is in the wrong place or its key is misspelled.
type misplaced struct {
	name    string
	problem Problem
}

// meansDefault reports whether a key was probably meant to name the default connection.
func meansDefault(key string) bool {
	key = strings.ReplaceAll(strings.ToLower(key), "-", "_")
	return key == "default_connection" || key == "default_name" || distance(key, defaultKey) <= 2
}

// misplacedIn collects the default connection names of a file that have no effect.
func (all *Profiles) misplacedIn(s *source, tables map[string]any) {
	if s == nil {
		return
	}
	lines := linesOf(s.data)
	var visit func(table map[string]any, heading string, depth int)
	visit = func(table map[string]any, heading string, depth int) {
		for _, key := range slices.Sorted(maps.Keys(table)) {
			path := strings.TrimPrefix(heading+"."+key, ".")
			if under, ok := table[key].(map[string]any); ok && depth < 2 {
				visit(under, path, depth+1)
				continue
			}
			name, ok := table[key].(string)
			if !ok || !meansDefault(key) || heading == "" && s.under && key == defaultKey {
				continue
			}
			what, fix := message.New("failure.profile.default_spelling", "key", safely.Visible(key), "right", defaultKey), message.New("failure.profile.default_spelling_fix", "right", defaultKey, "name", safely.Visible(name))
			switch {
			case !s.under:
				what, fix = message.New("failure.profile.default_file", "key", safely.Visible(key)), message.New("failure.profile.default_file_fix", "right", defaultKey, "name", safely.Visible(name))
			case heading != "":
				what, fix = message.New("failure.profile.default_heading", "key", safely.Visible(key), "heading", safely.Visible(heading)), message.New("failure.profile.default_heading_fix", "right", defaultKey, "name", safely.Visible(name))
			}
			all.misplaced = append(all.misplaced, misplaced{name, Problem{
				Message: message.New("failure.profile.at", "where", fmt.Sprintf("%s:%d", s.path, max(lines[path], 1)), "what", what), Fix: fix,
			}})
		}
	}
	visit(tables, "", 0)
}

// misnamedVariables collects environment variables that were probably meant to name the default connection.
func (all *Profiles) misnamedVariables(env Env) {
	for _, pair := range env.Environ {
		variable, name, _ := strings.Cut(pair, "=")
		if variable == defaultVariable || name == "" || !strings.HasPrefix(variable, "SNOWFLAKE_") {
			continue
		}
		if variable == "SNOWFLAKE_DEFAULT_CONNECTION" || variable == "SNOWFLAKE_CONNECTION_NAME" || distance(variable, defaultVariable) <= 2 {
			all.misplaced = append(all.misplaced, misplaced{name, Problem{
				Message: message.New("failure.profile.default_variable", "variable", variable, "right", defaultVariable),
				Fix:     message.New("failure.profile.default_variable_fix", "right", defaultVariable, "name", safely.Visible(name)),
			}})
		}
	}
}

// ambiguousDefault returns the first misplaced name that differs from chosen, the connection that would be used, so that the
// person decides.
func (all *Profiles) ambiguousDefault(chosen string) *misplaced {
	if all.Chosen != "" {
		return nil // a name in the right place wins
	}
	i := slices.IndexFunc(all.misplaced, func(m misplaced) bool { return m.name != chosen })
	if i < 0 {
		return nil
	}
	return &all.misplaced[i]
}

// defaultError returns the error for an ambiguous default connection.
func (m *misplaced) defaultError() error {
	return message.NewError("failure.profile.default_open", "message", m.problem.Message, "fix", m.problem.Fix, "name", safely.Visible(m.name))
}

// checkAccount checks the form of the account without a request. fatal reports whether no login can succeed with it.
func (p *Profile) checkAccount() (what message.Message, fatal bool) {
	if p.Account == "" {
		return what, false
	}
	account, _ := AccountOf(p.Account)
	name, region, dotted := strings.Cut(account, ".")
	switch {
	case account == "":
		return message.New("failure.profile.no_identifier", "account", safely.Visible(p.Account)), true
	case strings.Trim(account, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "":
		return message.New("failure.profile.odd_account", "account", safely.Visible(p.Account)), false
	case dotted && p.Region != "" && !strings.EqualFold(region, p.Region):
		return message.New("failure.profile.two_regions", "region", safely.Visible(region), "other", safely.Visible(p.Region)), true
	case dotted && p.Host == "" && !strings.ContainsAny(region, "-.") && !strings.EqualFold(region, "privatelink"):
		return message.New("failure.profile.no_region", "name", safely.Visible(name), "region", safely.Visible(region)), false
	}
	return what, false
}

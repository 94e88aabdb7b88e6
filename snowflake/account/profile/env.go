package profile

import (
	"slices"
	"strings"
	"unicode"

	"sleet/ui/message"
)

// environment applies the environment variables: SNOWFLAKE_CONNECTIONS_NAME_KEY overrides the files, SNOWFLAKE_KEY
// fills in what no file sets.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
func (all *Profiles) environment(env Env) {
	for _, pair := range env.Environ {
		variable, value, _ := strings.Cut(pair, "=")
		rest, ok := strings.CutPrefix(variable, "SNOWFLAKE_CONNECTIONS_")
		if !ok || value == "" {
			continue
		}
		if p, f, ok := all.named(rest); ok {
			p.override(f, value, variable)
		}
	}
	if len(all.List) == 0 && env.get("SNOWFLAKE_ACCOUNT") != "" && !slices.ContainsFunc(all.Problems, fatal) {
		all.List = append(all.List, Profile{Name: "environment"})
	}
	for i := range all.List {
		all.List[i].applyGeneric(env)
	}
}

func fatal(problem Problem) bool { return problem.Fatal }

// applyGeneric fills in the fields that the files and the connection's own variables leave unset.
func (p *Profile) applyGeneric(env Env) {
	before := Profile{given: slices.Clone(p.given)}
	for _, f := range fields() {
		if before.Has(f.names[0]) {
			continue
		}
		variables := make([]string, 0, len(f.names)+1)
		for _, name := range f.names {
			variables = append(variables, "SNOWFLAKE_"+strings.ToUpper(name))
		}
		if f.names[0] == "private_key_passphrase" {
			variables = append(variables, "PRIVATE_KEY_PASSPHRASE") // The Snowflake CLI's name for it.
		}
		for _, variable := range variables {
			if value := env.get(variable); value != "" {
				p.set(f, value, variable)
				break
			}
		}
	}
}

// inVariable returns a connection's name as it appears in the names of its variables.
func inVariable(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, strings.ToUpper(name))
}

// ownVariable returns the name of the connection's own variable for a key.
func (p *Profile) ownVariable(key string) string {
	return "SNOWFLAKE_CONNECTIONS_" + inVariable(p.Name) + "_" + strings.ToUpper(key)
}

// named splits NAME_KEY into a connection and a key. It adds a connection that no file has.
func (all *Profiles) named(rest string) (*Profile, field, bool) {
	for i := range all.List {
		for _, name := range []string{strings.ToUpper(all.List[i].Name), inVariable(all.List[i].Name)} {
			key, ok := strings.CutPrefix(rest, name+"_")
			if f, known := fieldOf(key); ok && known {
				return &all.List[i], f, true
			}
		}
	}
	// The longest key wins: …_PRIVATE_KEY_FILE is not the connection …_PRIVATE_KEY.
	best, name := field{}, ""
	longest := 0
	for _, f := range fields() {
		for _, key := range f.names {
			if head, ok := strings.CutSuffix(rest, "_"+strings.ToUpper(key)); ok && head != "" && len(key) > longest {
				best, name, longest = f, strings.ToLower(head), len(key)
			}
		}
	}
	if longest == 0 {
		return nil, best, false
	}
	all.List = append(all.List, Profile{Name: name})
	return &all.List[len(all.List)-1], best, true
}

// override sets a field from a variable that overrides the file.
func (p *Profile) override(f field, value, variable string) {
	p.clearAlternatives(f.names[0])
	p.set(f, value, variable)
}

// set sets a field from a variable.
func (p *Profile) set(f field, value, variable string) {
	p.given = append(p.given, f.names[0])
	if expected := f.set(p, value); !expected.IsZero() {
		p.Problems = append(p.Problems, Problem{
			Message: message.New("failure.profile.expected", "key", variable, "expected", expected), Fix: message.New("failure.profile.variable_fix", "expected", expected), Fatal: true,
		})
	}
}

// finish marks the default connection and checks each connection.
func (all *Profiles) finish() {
	chosen := all.Chosen
	if chosen == "" {
		chosen = "default"
		if len(all.List) == 1 {
			chosen = all.List[0].Name
		}
	}
	for _, m := range all.misplaced {
		all.Problems = append(all.Problems, m.problem)
	}
	if all.ambiguousDefault(chosen) != nil {
		chosen = ""
	}
	for i := range all.List {
		p := &all.List[i]
		p.Default = p.Name == chosen && chosen != ""
		p.detectKeyPair()
		p.Problems = append(p.Problems, p.requirements()...)
		slices.SortStableFunc(p.Problems, func(a, b Problem) int { return strings.Compare(a.Message.String(), b.Message.String()) })
	}
}

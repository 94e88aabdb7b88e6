package live

import (
	"fmt"
	"slices"
	"strings"
)

// environment lays the environment over the files, and under them: SNOWFLAKE_CONNECTIONS_NAME_KEY
// wins over a file, SNOWFLAKE_KEY is for what no file says.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
func (all *Profiles) environment(env Env) {
	for _, pair := range env.Environ {
		variable, value, _ := strings.Cut(pair, "=")
		rest, ok := strings.CutPrefix(variable, "SNOWFLAKE_CONNECTIONS_")
		if !ok || value == "" {
			continue
		}
		if p, f, ok := all.named(rest); ok {
			p.from(f, value, variable)
		}
	}
	generic := Profile{Name: "environment"}
	for _, f := range fields() {
		for _, name := range f.names {
			variable := "SNOWFLAKE_" + strings.ToUpper(name)
			value := env.get(variable)
			if value == "" {
				continue
			}
			generic.from(f, value, variable)
			for i := range all.List {
				if p := &all.List[i]; !slices.Contains(p.given, f.names[0]) {
					p.from(f, value, variable)
				}
			}
		}
	}
	if generic.Account != "" && len(all.List) == 0 {
		all.List = append(all.List, generic)
	}
}

// named splits NAME_KEY; a connection that no file has is added.
func (all *Profiles) named(rest string) (*Profile, field, bool) {
	for i := range all.List {
		if key, ok := strings.CutPrefix(rest, strings.ToUpper(all.List[i].Name)+"_"); ok {
			if f, known := fieldOf(key); known {
				return &all.List[i], f, true
			}
		}
	}
	// The longest key: …_PRIVATE_KEY_FILE is not the connection …_PRIVATE_KEY.
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

// from sets a field from a variable.
func (p *Profile) from(f field, value, variable string) {
	p.given = append(p.given, f.names[0])
	if expected := f.set(p, value); expected != "" {
		p.Problems = append(p.Problems, ProfileProblem{
			Message: fmt.Sprintf("%s is not %s", variable, expected), Fix: "Set it to " + expected + ", or unset it.", Fatal: true,
		})
	}
}

// finish marks the default, and says what each connection lacks.
func (all *Profiles) finish() {
	chosen := all.Chosen
	if chosen == "" {
		chosen = "default"
		if len(all.List) == 1 {
			chosen = all.List[0].Name
		}
	}
	for i := range all.List {
		p := &all.List[i]
		p.Default = p.Name == chosen
		p.Problems = append(p.Problems, p.lacks()...)
		slices.SortStableFunc(p.Problems, func(a, b ProfileProblem) int { return strings.Compare(a.Message, b.Message) })
	}
}

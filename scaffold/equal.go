package scaffold

import (
	"maps"
	"reflect"
	"slices"
)

// Clone returns a copy that shares nothing with the App.
func (a App) Clone() App {
	c := a
	if a.App.ComputePool != nil {
		pool := *a.App.ComputePool
		c.App.ComputePool = &pool
	}
	c.Python.Packages = slices.Clone(a.Python.Packages)
	c.Roles.Viewers = slices.Clone(a.Roles.Viewers)
	c.Network.Hosts = slices.Clone(a.Network.Hosts)
	c.Network.Rules = slices.Clone(a.Network.Rules)
	c.Secrets = slices.Clone(a.Secrets)
	for i := range c.Secrets {
		c.Secrets[i].Scopes = slices.Clone(a.Secrets[i].Scopes)
	}
	c.Config = cloneTable(a.Config)
	c.Values = cloneTable(a.Values)
	c.Envs = cloneTable(a.Envs)
	c.Written = maps.Clone(a.Written)
	return c
}

// Equal reports whether two Apps hold the same answers, that is, the same sleet.toml. It ignores
// the folder, treats an empty list as no list and compares numbers by value.
func (a App) Equal(b App) bool {
	return a.App.equal(b.App) &&
		a.Python.Version == b.Python.Version && a.Python.Streamlit == b.Python.Streamlit && a.Python.Source == b.Python.Source &&
		slices.Equal(a.Python.Packages, b.Python.Packages) &&
		a.Roles.Owner == b.Roles.Owner && a.Roles.Admin == b.Roles.Admin && slices.Equal(a.Roles.Viewers, b.Roles.Viewers) &&
		a.Network.Rule == b.Network.Rule && a.Network.Integration == b.Network.Integration &&
		slices.Equal(a.Network.Hosts, b.Network.Hosts) && slices.Equal(a.Network.Rules, b.Network.Rules) &&
		slices.EqualFunc(a.Secrets, b.Secrets, SecretDecl.equal) &&
		equalTables(a.Config, b.Config) && equalTables(a.Values, b.Values) && equalTables(a.Envs, b.Envs) && maps.Equal(a.Written, b.Written)
}

func cloneTable(t map[string]any) map[string]any {
	if t == nil {
		return nil
	}
	c := make(map[string]any, len(t))
	for k, v := range t {
		c[k] = cloneValue(v)
	}
	return c
}

func cloneValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return cloneTable(v)
	case []any:
		c := make([]any, len(v))
		for i := range v {
			c[i] = cloneValue(v[i])
		}
		return c
	default:
		return v
	}
}

func (i Identity) equal(j Identity) bool {
	pool := i.ComputePool == nil && j.ComputePool == nil || i.ComputePool != nil && j.ComputePool != nil && *i.ComputePool == *j.ComputePool
	i.ComputePool, j.ComputePool = nil, nil
	return pool && i == j
}

func (s SecretDecl) equal(t SecretDecl) bool {
	scopes := slices.Equal(s.Scopes, t.Scopes)
	s.Scopes, t.Scopes = nil, nil
	return scopes && reflect.DeepEqual(s, t)
}

func equalTables(a, b map[string]any) bool { return maps.EqualFunc(a, b, equalValues) }

// equalValues compares two TOML values. TOML has one integer type and one list type.
func equalValues(a, b any) bool {
	switch a := plainValue(a).(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && equalTables(a, b)
	case []any:
		b, ok := plainValue(b).([]any)
		return ok && slices.EqualFunc(a, b, equalValues)
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || a != a && b != b)
	default:
		return reflect.DeepEqual(a, plainValue(b))
	}
}

// plainValue returns v in the type that a TOML decoder returns.
func plainValue(v any) any {
	switch v := v.(type) {
	case int:
		return int64(v)
	case []string:
		return anyList(v)
	case []map[string]any:
		return anyList(v)
	default:
		return v
	}
}

func anyList[T any](list []T) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = v
	}
	return all
}

package scaffold

import (
	"bytes"
	"maps"
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
	c.Written = maps.Clone(a.Written)
	return c
}

// Equal reports whether two Apps hold the same answers, whatever folder they are for: the same
// sleet.toml. An empty list is no list.
func (a App) Equal(b App) bool { return bytes.Equal(a.TOML(), b.TOML()) }

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

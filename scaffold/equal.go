package scaffold

import (
	"maps"
	"reflect"
	"slices"
)

// Clone gives a copy that shares nothing with the App.
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

// Equal says whether two Apps hold the same answers; an empty list is no list.
func (a App) Equal(b App) bool { return reflect.DeepEqual(a.normal(), b.normal()) }

// normal gives the App with nil for every empty list and table.
func (a App) normal() App {
	n := a.Clone()
	for _, list := range []*[]string{&n.Python.Packages, &n.Roles.Viewers, &n.Network.Hosts, &n.Network.Rules} {
		*list = none(*list)
	}
	for i := range n.Secrets {
		n.Secrets[i].Scopes = none(n.Secrets[i].Scopes)
	}
	if len(n.Secrets) == 0 {
		n.Secrets = nil
	}
	if len(n.Config) == 0 {
		n.Config = nil
	}
	if len(n.Values) == 0 {
		n.Values = nil
	}
	if len(n.Written) == 0 {
		n.Written = nil
	}
	return n
}

func none(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
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

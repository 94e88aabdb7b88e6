package resources

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// usage is the USAGE privilege.
const usage = "USAGE"

// builder collects the resources of an app, with the privileges and the resources that each needs.
type builder struct {
	app  *Parsed
	list []snowflake.Resource
	// in contains the resources in the list. at maps kind and name to the first of them.
	in map[snowflake.Ref]bool
	at map[snowflake.Ref]snowflake.Ref
	// managed maps the target of a privilege to the resources that the app creates, except grants.
	managed map[place][]snowflake.Ref
	// secrets maps names to the app's secrets, read maps UDFs to the secrets that they read.
	secrets, read map[snowflake.Name][]parsedSecret
}

// place is the target of a privilege.
type place struct {
	on   string
	name snowflake.Name
}

// newBuilder returns a builder for an app.
func newBuilder(a *Parsed) *builder {
	b := &builder{
		app: a, in: map[snowflake.Ref]bool{}, at: map[snowflake.Ref]snowflake.Ref{}, managed: map[place][]snowflake.Ref{},
		secrets: map[snowflake.Name][]parsedSecret{}, read: map[snowflake.Name][]parsedSecret{},
	}
	for _, s := range a.Secrets {
		b.secrets[s.Name] = append(b.secrets[s.Name], s)
		b.read[s.Function] = append(b.read[s.Function], s)
	}
	return b
}

// put adds a resource unchanged.
func (b *builder) put(x snowflake.Resource) {
	b.list = append(b.list, x)
	b.in[x.Ref] = true
	named := snowflake.Ref{Kind: x.Kind, Name: x.Name}
	if _, there := b.at[named]; !there {
		b.at[named] = x.Ref
	}
	if x.Managed && x.Kind != snowflake.KindGrant {
		on := place{x.Kind.On(), x.Name}
		b.managed[on] = append(b.managed[on], x.Ref)
	}
}

// add completes a resource and adds it, unless it is in the list.
func (b *builder) add(x snowflake.Resource) {
	if b.in[x.Ref] {
		return
	}
	b.describe(&x)
	b.put(x)
}

// uses adds the resources that the app uses but does not create.
func (b *builder) uses() {
	a := b.app
	use := func(kind snowflake.Kind, name snowflake.Name) {
		ref := snowflake.Ref{Kind: kind, Name: name}
		b.put(snowflake.Resource{Ref: ref, Owner: a.Owner, Needs: []snowflake.Privilege{b.need(usage, ref, a.Owner)}})
	}
	for _, database := range b.databases() {
		use(snowflake.KindDatabase, database)
	}
	use(snowflake.KindWarehouse, a.Warehouse)
	if !a.Pool.IsZero() {
		use(snowflake.KindPool, a.Pool)
	}
	for _, s := range a.Secrets {
		if s.Existing {
			use(snowflake.KindSecret, s.Name)
			secret := &b.list[len(b.list)-1]
			secret.Key, secret.Properties = s.Key, []snowflake.Property{s.typeProperty()}
		}
	}
	b.usesOfNetwork(use)
	if len(a.Repositories) > 0 {
		use(snowflake.KindRole, pypiUser())
	}
}

// usesOfNetwork adds other network rules, and the integrations that authenticate secrets. Referring
// to a network rule needs no privilege on it.
func (b *builder) usesOfNetwork(use func(snowflake.Kind, snowflake.Name)) {
	a := b.app
	shipped, _ := snowflake.ParseName(PyPIRule)
	for _, rule := range a.Rules {
		if rule != a.Rule && rule != shipped && !a.Integration.IsZero() {
			b.put(snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindNetworkRule, Name: rule}, Owner: a.Admin})
		}
	}
	var seen []snowflake.Name
	for _, s := range a.Secrets {
		if s.Integration.IsZero() || s.Existing || slices.Contains(seen, s.Integration) {
			continue
		}
		seen = append(seen, s.Integration)
		use(snowflake.KindSecurity, s.Integration)
	}
}

// need returns a privilege on a resource for a role.
func (b *builder) need(privilege string, on snowflake.Ref, role snowflake.Name) snowflake.Privilege {
	return snowflake.Privilege{Name: privilege, On: on.Kind.On(), Object: on.Name, Role: role}
}

// databases returns the databases of the app's objects.
func (b *builder) databases() []snowflake.Name {
	list := make([]snowflake.Name, 0, len(b.app.Secrets)+2)
	list = append(list, b.app.Database, b.app.Stage.InDatabase())
	for _, s := range b.app.Secrets {
		list = append(list, s.Name.InDatabase())
	}
	slices.SortFunc(list, func(x, y snowflake.Name) int { return strings.Compare(b.app.SQL(x), b.app.SQL(y)) })
	return slices.DeleteFunc(slices.Compact(list), snowflake.Name.IsZero)
}

// listed returns the Ref of a resource if it is in the list.
func (b *builder) listed(kind snowflake.Kind, name snowflake.Name) []snowflake.Ref {
	if ref, there := b.at[snowflake.Ref{Kind: kind, Name: name}]; there {
		return []snowflake.Ref{ref}
	}
	return nil
}

// describe adds the privileges that a resource needs and the resources that it depends on.
func (b *builder) describe(x *snowflake.Resource) {
	a := b.app
	switch x.Kind {
	case snowflake.KindSchema:
		x.Needs = append(x.Needs, b.need("CREATE SCHEMA", snowflake.Ref{Kind: snowflake.KindDatabase, Name: x.Name.InDatabase()}, x.Owner))
		x.Uses = append(x.Uses, b.listed(snowflake.KindDatabase, x.Name.InDatabase())...)
	case snowflake.KindStage, snowflake.KindNetworkRule:
		b.inSchema(x)
	case snowflake.KindSecret:
		b.inSchema(x)
		for _, s := range b.secrets[x.Name] {
			if !s.Integration.IsZero() {
				b.requireUsage(x, snowflake.KindSecurity, s.Integration)
			}
		}
	case snowflake.KindIntegration:
		b.integration(x)
	case snowflake.KindFunction:
		b.inSchema(x)
		for _, s := range b.read[x.Name] {
			x.Uses = append(x.Uses, b.listed(snowflake.KindSecret, s.Name)...)
		}
		b.requireUsage(x, snowflake.KindIntegration, a.Integration)
	case snowflake.KindUpload:
		x.Uses = append(x.Uses, b.listed(snowflake.KindStage, a.Stage)...)
	case snowflake.KindStreamlit:
		b.streamlit(x)
	case snowflake.KindGrant:
		x.Uses = append(x.Uses, b.managed[place{x.Grant.On, x.Grant.Object}]...)
	default:
	}
}

// inSchema adds what creating a resource in its schema requires.
func (b *builder) inSchema(x *snowflake.Resource) {
	schema := snowflake.Ref{Kind: snowflake.KindSchema, Name: x.Name.Parent()}
	if schema.Name.Schema == "" {
		schema.Name = b.app.Schema
	}
	for _, privilege := range []string{usage, "CREATE " + x.Kind.SQL()} {
		x.Needs = append(x.Needs, b.need(privilege, schema, x.Owner))
	}
	x.Uses = append(x.Uses, b.listed(snowflake.KindDatabase, schema.Name.InDatabase())...)
	x.Uses = append(x.Uses, b.listed(snowflake.KindSchema, schema.Name)...)
}

// requireUsage adds a dependency on which the resource's owner needs USAGE.
func (b *builder) requireUsage(x *snowflake.Resource, kind snowflake.Kind, name snowflake.Name) {
	if name.IsZero() {
		return
	}
	x.Needs = append(x.Needs, b.need(usage, snowflake.Ref{Kind: kind, Name: name}, x.Owner))
	x.Uses = append(x.Uses, b.listed(kind, name)...)
}

// integration adds what an integration requires.
func (b *builder) integration(x *snowflake.Resource) {
	a := b.app
	x.Needs = append(x.Needs, snowflake.Privilege{Name: snowflake.CreateExternalAccess, On: snowflake.OnAccount, Role: x.Owner})
	for _, rule := range a.Rules {
		x.Uses = append(x.Uses, b.listed(snowflake.KindNetworkRule, rule)...)
	}
	for _, name := range a.secretNames(everySecret) {
		x.Uses = append(x.Uses, b.listed(snowflake.KindSecret, name)...)
		if a.switches() {
			x.Needs = append(x.Needs, b.need(usage, snowflake.Ref{Kind: snowflake.KindSecret, Name: name}, x.Owner))
		}
	}
}

// streamlit adds what an app requires.
func (b *builder) streamlit(x *snowflake.Resource) {
	a := b.app
	b.inSchema(x)
	x.Uses = append(x.Uses, a.upload().Ref)
	b.requireUsage(x, snowflake.KindIntegration, a.Integration)
	for _, s := range a.Secrets {
		if s.Function.IsZero() {
			x.Uses = append(x.Uses, b.listed(snowflake.KindSecret, s.Name)...)
		} else {
			x.Uses = append(x.Uses, b.listed(snowflake.KindFunction, s.Function)...)
		}
	}
	if a.ContextFunctions {
		x.Needs = append(x.Needs, snowflake.Privilege{Name: "READ SESSION", On: snowflake.OnAccount, Role: x.Owner})
	}
}

func everySecret(parsedSecret) bool { return true }

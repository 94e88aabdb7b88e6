package doctor

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui/message"
)

// Kind is the kind of a chain.
type Kind string

// The kinds of chains, as `sleet doctor --json` writes them.
const (
	KindSecret  Kind = "secret"
	KindHost    Kind = "host"
	KindPackage Kind = "package"
	KindStart   Kind = "start"
	KindViewer  Kind = "viewer"
)

// State is the state of a link.
type State string

// The states of a link, as `sleet doctor --json` writes them.
const (
	OK      State = "ok"
	Broken  State = "broken"
	Unknown State = "unknown"
)

// Link is one link of a chain.
type Link struct {
	// Name is the stable identifier of the link: code, binding, secret, allowed, …
	Name  string
	State State
	// Object is the object as SQL names it, or a place in the code.
	Object string
	// Detail describes what was found; for a broken link it is the cause, as a sentence.
	Detail message.Message
	// Statements fix a broken link, in order, or show the state of an unknown one. Each has the role that can run it.
	Statements []snowflake.Statement
	// Edit describes what to change in the app's files.
	Edit message.Message
}

// Chain is everything that has to be in order for one thing that the app needs.
type Chain struct {
	Kind Kind
	// Subject is the key of a secret, a host, a module, the app or a role.
	Subject string
	Links   []Link
}

// State returns the worst state of the links.
func (c Chain) State() State {
	switch {
	case slices.ContainsFunc(c.Links, func(l Link) bool { return l.State == Broken }):
		return Broken
	case slices.ContainsFunc(c.Links, func(l Link) bool { return l.State == Unknown }):
		return Unknown
	default:
		return OK
	}
}

// First returns the first link with a state; ok is false if there is none.
func (c Chain) First(state State) (l Link, ok bool) {
	i := slices.IndexFunc(c.Links, func(l Link) bool { return l.State == state })
	if i < 0 {
		return Link{}, false
	}
	return c.Links[i], true
}

// CountLinks returns the number of links with a state.
func CountLinks(chains []Chain, state State) int {
	n := 0
	for _, c := range chains {
		for _, l := range c.Links {
			if l.State == state {
				n++
			}
		}
	}
	return n
}

// builder is a chain under construction.
type builder struct{ Chain }

func newChain(kind Kind, subject string) *builder {
	return &builder{Chain: Chain{Kind: kind, Subject: subject, Links: []Link{}}}
}

// add adds a link and reports whether it is in order. Callers leave out links that depend on one that is not.
func (b *builder) add(l Link) bool {
	b.Links = append(b.Links, l)
	return l.State == OK
}

// ok adds a link that is in order.
func (b *builder) ok(name, object string, detail message.Message) {
	b.add(Link{Name: name, State: OK, Object: object, Detail: detail})
}

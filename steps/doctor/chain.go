package doctor

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui/message"
)

// Kind is what a chain is about.
type Kind string

// The kinds of chains, by the words of `sleet doctor --json`.
const (
	KindSecret  Kind = "secret"
	KindHost    Kind = "host"
	KindPackage Kind = "package"
	KindStart   Kind = "start"
	KindViewer  Kind = "viewer"
)

// State is what is known of a link.
type State string

// The states of a link, by the words of `sleet doctor --json`.
const (
	OK      State = "ok"
	Broken  State = "broken"
	Unknown State = "unknown"
)

// Link is one link of a chain.
type Link struct {
	// Name says what the link is: code, binding, secret, allowed, … It does not change between versions.
	Name  string
	State State
	// Object is what it is about, as SQL names it, or a place in the code.
	Object string
	// Detail says what was found: of a broken link the cause, in a sentence.
	Detail message.Message
	// Statements fix a broken link, in order, and show an unknown one; each has the role that can run it.
	Statements []snowflake.Statement
	// Edit is what to change in the app's files.
	Edit message.Message
}

// Chain is what has to hold for one thing that the app needs.
type Chain struct {
	Kind Kind
	// Subject is the key of a secret, a host, a module, the app, a role.
	Subject string
	Links   []Link
}

// State is the worst of the links' states.
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

// First returns the first link of a state; ok is false where there is none.
func (c Chain) First(state State) (l Link, ok bool) {
	i := slices.IndexFunc(c.Links, func(l Link) bool { return l.State == state })
	if i < 0 {
		return Link{}, false
	}
	return c.Links[i], true
}

// Count returns how many links have a state.
func Count(chains []Chain, state State) int {
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

// building is a chain in the making. What comes behind a broken link that it depends on is left out.
type building struct {
	Chain
	ended bool
}

func start(kind Kind, subject string) *building {
	return &building{Chain: Chain{Kind: kind, Subject: subject, Links: []Link{}}}
}

// add adds a link and reports whether the chain goes on.
func (b *building) add(l Link) bool {
	if !b.ended {
		b.Links = append(b.Links, l)
	}
	return !b.ended && l.State == OK
}

// ok adds a link that holds.
func (b *building) ok(name, object string, detail message.Message) {
	b.add(Link{Name: name, State: OK, Object: object, Detail: detail})
}

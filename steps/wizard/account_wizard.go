package wizard

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/message"
)

// reached is the wizard's session in an account, and what was read there.
type reached struct {
	cloud      deploy.Deployer
	profile    steps.Profile
	assessment deploy.Assessment
	inventory  steps.Inventory
	listing    *screen.Stream
}

// of reports whether the session is of this profile.
func (r reached) of(p steps.Profile) bool {
	return r.profile.Name == p.Name && r.profile.Demo == p.Demo
}

// deploying reports whether the user is logged in to deploy the app, and not only to choose answers from the account.
func (w Wizard) deploying() bool { return w.state.Deploys && w.reached.cloud != nil }

// leftScreens stops the streams of the screens that are being left.
func (w Wizard) leftScreens() {
	for _, s := range w.screens {
		if s, ok := s.(screen.Streaming); ok {
			s.Underway().Leave()
		}
	}
}

// endAccount stops all streams, waits for them and closes the session.
func (w Wizard) endAccount() {
	w.leftScreens()
	w.reached.listing.Leave()
	for _, s := range w.screens {
		if s, ok := s.(screen.Streaming); ok && s.Underway() != nil {
			<-s.Underway().Over
		}
	}
	if w.reached.cloud != nil {
		_ = w.reached.cloud.Close() // Snowflake also ends idle sessions
	}
}

// awaiting shows what the stream of the top screen waits for, and ignores other streams. Several calls can lose the
// connection at once; only the one with the most attempts is shown, so that the count does not go back.
func (w Wizard) awaiting(from *screen.Stream, text message.Message) Wizard {
	if s, ok := w.top().(screen.Streaming); !ok || s.Underway() != from {
		return w
	}
	try, _ := text.Args["try"].(int)
	if text.ID != deploy.LostConnection {
		try = 0
	} else if w.awaited != "" && try < w.lost {
		return w
	}
	w.awaited, w.lost = "", try
	if !text.IsZero() {
		w.awaited = w.context.T("wait.esc", "text", w.context.T.Say(text))
	}
	return w
}

// counting shows how much of the account the top screen's stream has read.
func (w Wizard) counting(from *screen.Stream, read deploy.Progress) Wizard {
	switch top := w.top().(type) {
	case accountScreen:
		if top.run == from {
			top.phase = top.phase.WithProgress(read)
			return w.over(top)
		}
	case planScreen:
		if top.run == from {
			top.phase = top.phase.WithProgress(read)
			return w.over(top)
		}
	}
	return w
}

// runs reports whether a plan is being applied on the screen.
func (w Wizard) runs() bool {
	p, ok := w.top().(deployScreen)
	return ok && !p.over && p.decide == nil
}

// heard handles messages from an account before the screen does, and reports whether the screen must not get the message.
func (w Wizard) heard(m screen.StreamMsg) (Wizard, tea.Cmd, bool) {
	switch said := m.Msg.(type) {
	case listingMsg:
		if m.From != w.reached.listing {
			return w, nil, true
		}
		w.reached.inventory = w.reached.inventory.With(said.listing)
		if top, ok := w.top().(inventoryScreen); ok {
			w = w.over(top.withInventory(w.reached.inventory))
		}
		return w, m.From.Next(), true
	case listedMsg:
		return w, nil, true
	case connectedMsg:
		if s, ok := w.top().(screen.Streaming); !ok || s.Underway() != m.From || said.err != nil {
			return w, nil, false
		}
		if said.again {
			w.reached.assessment = said.assessment
			return w, nil, false
		}
		before := w.reached.cloud
		w.reached.listing.Leave()
		w.reached = reached{cloud: said.cloud, profile: said.profile, assessment: said.assessment, inventory: steps.Inventory{}}
		w.reached.listing = w.inventory()
		return w, tea.Batch(w.reached.listing.Next(), closing(before)), false
	case lookedMsg:
		if s, ok := w.top().(screen.Streaming); ok && s.Underway() == m.From && said.err == nil {
			w.reached.assessment = said.assessment
		}
	}
	return w, nil, false
}

// closing closes a session that was replaced, without waiting for the account.
func closing(cloud deploy.Deployer) tea.Cmd {
	if cloud == nil {
		return nil
	}
	return func() tea.Msg {
		_ = cloud.Close() // Snowflake also ends idle sessions
		return nil
	}
}

// inventory starts to list the account's objects. It returns nil if they cannot be listed.
func (w Wizard) inventory() *screen.Stream {
	list, cloud := w.effects.Account.Inventory, w.reached.cloud
	if list == nil {
		return nil
	}
	return screen.StartStream(func(ctx context.Context, say func(tea.Msg)) tea.Msg {
		list(ctx, cloud, func(l deploy.Listing) { say(listingMsg{l}) })
		return listedMsg{}
	})
}

// replanned goes back to the plan after an answer changed, writing the files first.
func (w Wizard) replanned() (Wizard, tea.Cmd) {
	if w.state.App.Equal(w.written) {
		return w.enter(screen.Place{Step: steps.PlanStep})
	}
	return w.enter(screen.Place{Step: steps.Writing})
}

// choose opens the list of the account's objects for the focused question; ok is false if there is none.
func (w Wizard) choose(m tea.KeyPressMsg) (Wizard, tea.Cmd, bool) {
	if !key.Matches(m, w.fromAccount()) || !w.choosable() {
		return w, nil, false
	}
	w, cmd := w.pick(nil)
	return w, cmd, true
}

// pick opens the list of the account's objects for the focused question; why is the problem of the current answer.
func (w Wizard) pick(why error) (Wizard, tea.Cmd) {
	q, ok := w.choosing()
	if !ok {
		return w, nil
	}
	kind, _ := steps.InventoryKind(q)
	w.screens = append(append([]screen.Model(nil), w.screens...), newInventoryScreen(w.context, q, kind, w.state, w.reached.inventory).because(why))
	return w.laidOut().refreshed()
}

// fromAccount returns the key that opens the list of the account's objects, with their number: space if nothing is typed
// yet, because no name starts with one, or ctrl+o at any time.
func (w Wizard) fromAccount() key.Binding {
	words := w.context.T("inventory.key")
	if names := w.choices(); len(names) > 0 {
		words = w.context.T("inventory.key_count", "count", len(names))
	}
	const always = "ctrl+o"
	if f, isForm := w.top().(formScreen); isForm && f.blank() {
		return key.NewBinding(key.WithKeys("space", always), key.WithHelp("space", words))
	}
	return key.NewBinding(key.WithKeys(always), key.WithHelp(always, words))
}

// choosable reports whether the answer to the focused question is the name of an object in the account.
func (w Wizard) choosable() bool {
	_, ok := w.choosing()
	return ok
}

// choices returns the names in the account for the focused question, as far as they are listed.
func (w Wizard) choices() []string {
	q, _ := w.choosing()
	names, _, _ := steps.InventoryNames(q, w.reached.inventory)
	return names
}

// choosing returns the focused question if its answer is the name of an object in the account.
func (w Wizard) choosing() (q steps.Question, ok bool) {
	f, isForm := w.top().(formScreen)
	if !isForm || w.reached.inventory == nil {
		return q, false
	}
	i := slices.IndexFunc(f.asked, func(q steps.Question) bool {
		_, ok := steps.InventoryKind(q)
		return ok && q.ID == f.Form.Focused()
	})
	if i < 0 {
		return q, false
	}
	return f.asked[i], true
}

// aborting asks before it stops a run; ok is false if there is no run.
func (w Wizard) aborting() (Wizard, tea.Cmd, bool) {
	top, isRun := w.top().(deployScreen)
	if !isRun || !top.running() {
		return w, nil, false
	}
	stop := func(w Wizard) (Wizard, tea.Cmd) {
		top.run.Stop()
		now, ok := w.top().(deployScreen)
		if ok && now.decide != nil { // the run waits for a decision and does not read messages
			now.decide = nil
			return w.over(now), now.run.Next()
		}
		return w, nil
	}
	if w.ask != nil { // a second ctrl+c means yes
		w.ask = nil
		w, cmd := stop(w)
		return w, cmd, true
	}
	w.ask = &ask{yes: stop, dialog: ui.NewConfirm(w.context, w.context.T("live.stop_title"), w.context.T(top.words.stopAsk)).
		WithAnswers(w.context.T("live.stop_yes"), w.context.T("live.stop_no"))}
	return w, nil, true
}

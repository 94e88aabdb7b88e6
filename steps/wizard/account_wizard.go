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

// reached is what the wizard holds of an account: the session, and what was seen there.
type reached struct {
	cloud     deploy.Deployer
	profile   steps.Profile
	survey    deploy.Assessment
	inventory steps.Inventory
	listing   *screen.Stream
}

// of reports whether the session is one of a profile.
func (r reached) of(p steps.Profile) bool {
	return r.profile.Name == p.Name && r.profile.Demo == p.Demo
}

// deploying reports whether the person is logged in to bring the app to the account, rather than to
// choose answers from it.
func (w Wizard) deploying() bool { return w.state.Deploys && w.reached.cloud != nil }

// leftScreens stops what the screens are about, as they are left.
func (w Wizard) leftScreens() {
	for _, s := range w.screens {
		if s, ok := s.(screen.Streaming); ok {
			s.Underway().Leave()
		}
	}
}

// endAccount stops all that is under way, waits for it and ends the session.
func (w Wizard) endAccount() {
	w.leftScreens()
	w.reached.listing.Leave()
	for _, s := range w.screens {
		if s, ok := s.(screen.Streaming); ok && s.Underway() != nil {
			<-s.Underway().Over
		}
	}
	if w.reached.cloud != nil {
		_ = w.reached.cloud.Close() // the account ends a session by itself
	}
}

// awaiting says what the stream of the screen waits for. What goes on behind it is not said. Several calls can lose the
// connection at once: the one that has tried most often speaks, so that the count does not jump.
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
		w.awaited = w.kit.T("wait.esc", "text", w.kit.T.Say(text))
	}
	return w
}

// counting says how much of the account the stream of the screen has read.
func (w Wizard) counting(from *screen.Stream, read deploy.Progress) Wizard {
	switch top := w.top().(type) {
	case accountScreen:
		if top.run == from {
			top.phase = top.phase.Counted(read)
			return w.over(top)
		}
	case planScreen:
		if top.run == from {
			top.phase = top.phase.Counted(read)
			return w.over(top)
		}
	}
	return w
}

// runs reports whether a plan is being carried out on the screen.
func (w Wizard) runs() bool {
	p, ok := w.top().(deployScreen)
	return ok && !p.over && p.decide == nil
}

// heard takes what comes from an account before the screen does; ok is false for what only the
// screen needs.
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
			w.reached.survey = said.survey
			return w, nil, false
		}
		before := w.reached.cloud
		w.reached.listing.Leave()
		w.reached = reached{cloud: said.cloud, profile: said.profile, survey: said.survey, inventory: steps.Inventory{}}
		w.reached.listing = w.inventory()
		return w, tea.Batch(w.reached.listing.Next(), closing(before)), false
	case lookedMsg:
		if s, ok := w.top().(screen.Streaming); ok && s.Underway() == m.From && said.err == nil {
			w.reached.survey = said.survey
		}
	}
	return w, nil, false
}

// closing ends a session in whose place another is; the account need not answer.
func closing(cloud deploy.Deployer) tea.Cmd {
	if cloud == nil {
		return nil
	}
	return func() tea.Msg {
		_ = cloud.Close() // the account ends a session by itself
		return nil
	}
}

// inventory begins to list what the account has; nil where that is not to be had.
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

// replanned goes back to the plan after an answer was changed: the files come first.
func (w Wizard) replanned() (Wizard, tea.Cmd) {
	if w.state.App.Equal(w.written) {
		return w.enter(screen.Place{Step: steps.PlanStep})
	}
	return w.enter(screen.Place{Step: steps.Writing})
}

// choose opens what the account has for the question in focus; ok is false where there is none.
func (w Wizard) choose(m tea.KeyPressMsg) (Wizard, tea.Cmd, bool) {
	if !key.Matches(m, w.fromAccount()) || !w.choosable() {
		return w, nil, false
	}
	w, cmd := w.pick(nil)
	return w, cmd, true
}

// pick opens what the account has for the question in focus; why says what is wrong with the answer so far.
func (w Wizard) pick(why error) (Wizard, tea.Cmd) {
	q, ok := w.choosing()
	if !ok {
		return w, nil
	}
	kind, _ := steps.InventoryKind(q)
	w.screens = append(append([]screen.Model(nil), w.screens...), newInventoryScreen(w.kit, q, kind, w.state, w.reached.inventory).because(why))
	return w.laidOut().refreshed()
}

// fromAccount is the key that opens what the account has, and says how much that is: space where nothing is typed
// yet, since no name begins with one, and ctrl+o at any time.
func (w Wizard) fromAccount() key.Binding {
	words := w.kit.T("inventory.key")
	if names := w.choices(); len(names) > 0 {
		words = w.kit.T("inventory.key_count", "count", len(names))
	}
	const always = "ctrl+o"
	if f, isForm := w.top().(formScreen); isForm && f.blank() {
		return key.NewBinding(key.WithKeys("space", always), key.WithHelp("space", words))
	}
	return key.NewBinding(key.WithKeys(always), key.WithHelp(always, words))
}

// choosable reports whether the account can have something for the question in focus.
func (w Wizard) choosable() bool {
	_, ok := w.choosing()
	return ok
}

// choices are what the account has for the question in focus, as far as it is listed by now.
func (w Wizard) choices() []string {
	q, _ := w.choosing()
	names, _, _ := steps.InventoryNames(q, w.reached.inventory)
	return names
}

// choosing is the question in focus, where its answer names something that an account has.
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

// aborting asks before a run is stopped; ok is false where none is under way.
func (w Wizard) aborting() (Wizard, tea.Cmd, bool) {
	top, isRun := w.top().(deployScreen)
	if !isRun || !top.running() {
		return w, nil, false
	}
	stop := func(w Wizard) (Wizard, tea.Cmd) {
		top.run.Stop()
		now, ok := w.top().(deployScreen)
		if ok && now.decide != nil { // nobody listens while a decision is waited for
			now.decide = nil
			return w.over(now), now.run.Next()
		}
		return w, nil
	}
	if w.ask != nil { // a second ctrl+c is a yes
		w.ask = nil
		w, cmd := stop(w)
		return w, cmd, true
	}
	w.ask = &ask{yes: stop, dialog: ui.NewConfirm(w.kit, w.kit.T("live.stop_title"), w.kit.T(top.words.stopAsk)).
		WithAnswers(w.kit.T("live.stop_yes"), w.kit.T("live.stop_no"))}
	return w, nil, true
}

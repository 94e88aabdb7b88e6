package steps

import (
	"maps"
	"path"
	"slices"

	"sleet/scaffold"
	"sleet/ui"
	"sleet/ui/message"
)

// The offers of the start screen.
const (
	StartUpdate = "update"
	StartResume = "resume"
	// StartDefaults creates an app from the defaults, StartCustomize asks for its name and runtime first.
	StartDefaults  = "defaults"
	StartCustomize = "customize"
	// StartReuse starts from the answers of the last created app.
	StartReuse   = "reuse"
	StartConnect = "connect"
	StartMigrate = "move"
	// StartDeploy deploys the app in the folder without further questions about it.
	StartDeploy = "live"
)

// Offers returns the offers for the folder, the most likely first. OfferWords returns their words.
func Offers(s State, e Effects) []string {
	var all []string
	offer := func(fits bool, which ...string) {
		if fits {
			all = append(all, which...)
		}
	}
	saved, movable, account := s.Folder.Saved, e.Scan != nil && movable(s), e.Account.CanConnect()
	offer(s.Draft != nil, StartResume)
	offer(movable && !saved, StartMigrate)
	offer(saved, StartUpdate)
	offer(saved && account, StartDeploy)
	offer(saved && movable, StartMigrate)
	offer(!saved, StartDefaults, StartCustomize)
	offer(!saved && s.Last != nil, StartReuse)
	offer(account, StartConnect)
	return all
}

// OfferWords returns an offer's label and what it does.
func OfferWords(t ui.Translate, s State, offer string) (label, brings string) {
	r := Begin(s, offer).App.Resolve()
	id := message.ID("ask.start." + offer)
	words := []any{"name", r.App.Name}
	switch offer {
	case StartDefaults:
		return t(id+".label", words...), defaultsLine(t, r)
	case StartReuse:
		last := s.Last.Resolve()
		return t(id+".label", "name", last.App.Name), t(id+".brings", "answers", t.Say(answersLine(last)))
	}
	return t(id+".label", words...), t(id+".brings", words...)
}

// answersLine summarizes the answers of an app: its runtime, and how many secrets and hosts it has, if any.
func answersLine(r scaffold.App) message.Message {
	all := []message.Message{message.New(message.ID(OptionMessage("app.runtime", string(r.App.Runtime)) + ".label"))}
	if n := len(r.Secrets); n > 0 {
		all = append(all, message.New("ask.start.reuse.secrets", "count", n))
	}
	if n := len(r.Network.Hosts); n > 0 {
		all = append(all, message.New("ask.start.reuse.hosts", "count", n))
	}
	return message.Join(", ", all...)
}

// defaultsLine summarizes the app that StartDefaults creates.
func defaultsLine(t ui.Translate, r scaffold.App) string {
	pool := t("ask.start.defaults.pool")
	if r.App.ComputePool != nil && *r.App.ComputePool != "" {
		pool = *r.App.ComputePool
	}
	return t(message.ID("ask.start.defaults."+string(r.App.Runtime)), "name", r.App.Name, "warehouse", r.App.QueryWarehouse,
		"pool", pool, "python", r.Python.Version, "streamlit", r.Python.Streamlit)
}

// movable reports whether the folder seems to have an app of the warehouse runtime.
func movable(s State) bool {
	if s.Folder.Saved {
		return s.Folder.App.Resolve().App.Runtime == scaffold.Warehouse
	}
	names := append(slices.Collect(maps.Keys(s.Folder.Files)), s.Folder.Others...)
	return slices.ContainsFunc(names, func(name string) bool {
		return path.Ext(name) == ".py" || name == "environment.yml" || name == "snowflake.yml"
	})
}

// Begin returns the State that an offer starts from. A resumed draft is removed from the State.
func Begin(s State, offer string) State {
	s.Migration, s.Deploys, s.Existing = nil, offer == StartDeploy, offer == StartDeploy
	s.Defaults, s.ConnectFirst = offer == StartDefaults, offer == StartConnect
	s.Every = offer == StartConnect // the account may have answers to steps that the short path skips
	switch offer {
	case StartMigrate:
		s.Migration = &Migration{}
	case StartResume:
		written := s.App.Written
		s.App = s.Draft.Clone()
		s.App.Folder, s.App.Written = s.Folder.App.Folder, written
		s.Draft = nil
	case StartReuse:
		s.App = reused(*s.Last, s.App)
	}
	return s
}

// reused returns the answers of another app for this one, without its name and the names of the objects that it owns.
func reused(last, now scaffold.App) scaffold.App {
	a := last.Clone()
	a.Folder, a.Written = now.Folder, now.Written
	a.App.Name, a.App.Title, a.App.Comment = now.App.Name, now.App.Title, now.App.Comment
	a.Network.Rule, a.Network.Integration = now.Network.Rule, now.Network.Integration
	for i := range a.Secrets {
		if !a.Secrets[i].Existing {
			a.Secrets[i].Object = ""
		}
	}
	return a
}

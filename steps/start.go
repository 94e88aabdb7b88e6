package steps

import (
	"maps"
	"path"
	"slices"

	"sleet/scaffold"
)

// What can be done in a folder.
const (
	StartUpdate  = "update"
	StartResume  = "resume"
	StartNew     = "new"
	StartFresh   = "fresh"
	StartMigrate = "move"
	// StartDeploy brings the app that stands here to an account, without another question about it.
	StartDeploy = "live"
)

// Offers lists what fits the folder, the most likely first; "ask.start." has their words.
func Offers(s State, e Effects) []string {
	var all []string
	if s.Draft != nil {
		all = append(all, StartResume)
	}
	movable := e.Scan != nil && movable(s)
	if movable && !s.Folder.Saved {
		all = append(all, StartMigrate)
	}
	switch {
	case s.Folder.Saved:
		all = append(all, StartUpdate)
		if e.Account.Offered() {
			all = append(all, StartDeploy)
		}
		if movable {
			all = append(all, StartMigrate)
		}
	case s.Draft != nil:
		all = append(all, StartFresh)
	default:
		all = append(all, StartNew)
	}
	return all
}

// movable reports whether an app of the warehouse runtime seems to stand in the folder.
func movable(s State) bool {
	if s.Folder.Saved {
		return s.Folder.App.Resolve().App.Runtime == scaffold.Warehouse
	}
	names := append(slices.Collect(maps.Keys(s.Folder.Files)), s.Folder.Others...)
	return slices.ContainsFunc(names, func(name string) bool {
		return path.Ext(name) == ".py" || name == "environment.yml" || name == "snowflake.yml"
	})
}

// Begin returns the State that an offer starts from. A draft that was taken up is none any more.
func Begin(s State, offer string) State {
	s.Migration, s.Deploys, s.Existing = nil, offer == StartDeploy, offer == StartDeploy
	switch offer {
	case StartMigrate:
		s.Migration = &Migration{}
	case StartResume:
		written := s.App.Written
		s.App = s.Draft.Clone()
		s.App.Folder, s.App.Written = s.Folder.App.Folder, written
		s.Draft = nil
	case StartFresh:
		s.Draft = nil
	}
	return s
}

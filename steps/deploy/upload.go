package deploy

import (
	"context"
	"maps"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/migrate"
	"sleet/snowflake"
	"sleet/snowflake/account"
)

// files compares the folder's files with what was sent.
func (a *accountDeployer) files(ctx context.Context, d Deployment, s *Assessment) error {
	superseded, err := migrate.Superseded(d.Dir, d.Seal)
	if err != nil {
		return failed(err, "live.files_unread")
	}
	u := &account.Upload{
		Files: s.files, Withheld: s.withheld, Superseded: superseded, Obsolete: scaffold.ListsPackages,
		Overwrite: d.Overwrite, Prune: d.Prune, Home: s.Account.Roles.Current,
	}
	if err := u.Unsendable(); err != nil {
		return err
	}
	s.upload = u
	var upload snowflake.Ref
	stageThere := false
	for _, x := range s.Desired.List {
		found := s.Account.Found[x.Ref]
		switch x.Kind {
		case snowflake.KindUpload:
			upload, u.Stage, u.Role = x.Ref, x.SQL(), x.Owner
		case snowflake.KindStage:
			stageThere = found.Presence == snowflake.Present
		case snowflake.KindStreamlit:
			u.App, u.Live, u.Last = x.Name, found.Values["LIVE_VERSION"], found.Values["LAST_VERSION"]
		default:
		}
	}
	u.Manifest = maps.Clone(s.journal.Manifest())
	if !stageThere && u.Live == "" && u.Last == "" {
		// Whatever was sent once is gone.
		u.Manifest = nil
		u.Send = slices.Sorted(maps.Keys(s.files))
	} else if err := u.Check(ctx, a.client); err != nil {
		return err
	}
	s.Uploads, s.Edited, s.Gone = slices.Concat(u.Send, u.Remove), u.Edited, u.Gone
	s.Account.Found[upload] = u.Found()
	return nil
}

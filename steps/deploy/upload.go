package deploy

import (
	"context"
	"maps"
	"slices"

	"sleet/scaffold/migrate"
	"sleet/scaffold/upload"
	"sleet/snowflake"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// uploadOf returns the upload of an app's files.
func uploadOf(desired snowflake.DesiredResources, files map[string][]byte) *stage.Upload {
	u := &stage.Upload{Files: files}
	for _, x := range desired.List {
		switch x.Kind {
		case snowflake.KindUpload:
			u.Stage, u.Role = x.SQL(), x.Owner
		case snowflake.KindStreamlit:
			u.App = x.Name
		default:
		}
	}
	return u
}

// files compares the folder's files with what was sent.
func (a *accountDeployer) files(ctx context.Context, d Deployment, s *Assessment) error {
	superseded, err := migrate.Superseded(d.Dir, d.Seal)
	if err != nil {
		return message.Wrap(err, "live.files_unread")
	}
	u := s.upload
	u.Withheld, u.Superseded, u.Obsolete, u.Overwrite, u.Prune = s.withheld, superseded, upload.ListsPackages, d.Overwrite, d.Prune
	if err := u.CheckSendable(); err != nil {
		return err
	}
	var upload snowflake.Ref
	stageThere := false
	for _, x := range s.Desired.List {
		switch x.Kind {
		case snowflake.KindUpload:
			upload = x.Ref
		case snowflake.KindStage:
			stageThere = s.Account.Found[x.Ref].Presence == snowflake.Present
		default:
		}
	}
	u.Manifest = maps.Clone(s.journal.Manifest())
	if !stageThere && u.Live == "" && u.Last == "" {
		// Everything that was sent before is gone.
		u.Manifest = nil
		u.Send = slices.Sorted(maps.Keys(s.files))
	} else if err := u.Check(ctx, a.client); err != nil {
		return err
	}
	s.Uploads, s.Edited, s.Gone = slices.Concat(u.Send, u.Remove), u.Edited, u.Gone
	s.Account.Found[upload] = u.Found()
	return nil
}

package steps

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account"
)

// Journal is what is kept of an app's runs in one account, outside the app's folder.
type Journal interface {
	account.Journal
	// Resumes says in a sentence which run stopped before its end, and where; empty for none.
	Resumes() snowflake.Text
	// Made are the objects that sleet made and nobody removed since.
	Made() map[snowflake.Ref]bool
	// History is what all runs came to.
	History() account.History
	// Manifest is what was sent; KeepManifest keeps it.
	Manifest() account.Manifest
	KeepManifest(m account.Manifest) error
}

// OpenJournal gives the journal of the app in a folder, in an account.
type OpenJournal func(dir, accountName string) (Journal, error)

// accountCloud is a Cloud over a connection.
type accountCloud struct {
	client  *account.Client
	journal OpenJournal
}

// NewCloud gives a Cloud over an open connection, which it closes.
func NewCloud(client *account.Client, journal OpenJournal) Cloud {
	return &accountCloud{client: client, journal: journal}
}

// Inventory lists what the account has, a kind at a time as it comes.
func (a *accountCloud) Inventory(ctx context.Context, each func(Listing)) error {
	return account.Inventory(ctx, a.client, each)
}

// Close ends the connection.
func (a *accountCloud) Close() error { return a.client.Close() }

// Look says what the app wants beside what the account has.
func (a *accountCloud) Look(ctx context.Context, d Deployment) (Survey, error) {
	s, err := a.look(ctx, d)
	if err != nil {
		return s, err
	}
	if err := a.files(ctx, d, &s); err != nil {
		return s, err
	}
	options := snowflake.PlanOptions{
		Given: account.NewValues(s.Objects, s.Account, s.journal.History(), d.Values.Value), Shared: d.Shared, Made: s.journal.Made(),
	}
	s.Plan = snowflake.NewPlan(s.Objects, s.Account, options)
	// Only what is to be altered needs to be known by its users.
	shared, err := account.Users(ctx, a.client, s.Account, s.Plan)
	if err != nil {
		return s, Failed(err, "live.users_unseen")
	}
	if shared {
		s.Plan = snowflake.NewPlan(s.Objects, s.Account, options)
	}
	return s, nil
}

// look asks the account about all but the files.
func (a *accountCloud) look(ctx context.Context, d Deployment) (Survey, error) {
	for _, secret := range d.Values.All() {
		a.client.Hide(secret)
	}
	who, roles, err := account.Who(ctx, a.client)
	if err != nil {
		return Survey{}, err
	}
	s := Survey{Context: who, Objects: scaffold.Wanted(d.App, who)}
	if err := placeable(d.App, who); err != nil {
		return s, err
	}
	if s.journal, err = a.journal(d.Dir, who.Account); err != nil {
		return s, err
	}
	s.Resumes = s.journal.Resumes()
	s.Account, err = account.LookAs(ctx, a.client, who, roles, s.Objects)
	return s, err
}

// PlaceError says that neither the answers nor the connection name a database.
type PlaceError struct{}

// Error says what to name.
func (e *PlaceError) Error() string { return e.Says().String() }

// Says gives the words.
func (*PlaceError) Says() snowflake.Text { return Worded("live.no_database") }

func placeable(app scaffold.App, who snowflake.Context) error {
	if app.App.Database == "" && who.Database == "" {
		return &PlaceError{}
	}
	return nil
}

// files compares the folder's files with what was sent.
func (a *accountCloud) files(ctx context.Context, d Deployment, s *Survey) error {
	files, err := scaffold.UploadFiles(d.App, d.Dir)
	if err != nil {
		return Failed(err, "live.files_unread")
	}
	u := &account.Upload{Files: files, Overwrite: d.Overwrite, Prune: d.Prune, Home: s.Context.Role}
	s.upload = u
	var upload snowflake.Ref
	stageThere := false
	for _, x := range s.Objects {
		found := s.Account.Found[x.Ref]
		switch x.Kind {
		case snowflake.KindUpload:
			upload, u.Stage, u.Role = x.Ref, x.Name, x.Role
		case snowflake.KindStage:
			stageThere = found.Presence == snowflake.Present
		case snowflake.KindStreamlit:
			u.App, u.Live, u.Last = x.Name, found.Values["LIVE_VERSION"], found.Values["LAST_VERSION"]
		default:
		}
	}
	u.Manifest = maps.Clone(s.journal.Manifest())
	if !stageThere && u.Live == "" {
		// Whatever was sent once is gone.
		u.Manifest = nil
		u.Send = slices.Sorted(maps.Keys(files))
	} else if err := u.Check(ctx, a.client); err != nil {
		return err
	}
	s.Uploads, s.Edited, s.Gone = u.Send, u.Edited, u.Gone
	s.Account.Found[upload] = u.Found()
	return nil
}

// Apply carries a survey's plan out, and looks at everything again.
func (a *accountCloud) Apply(ctx context.Context, d Deployment, s Survey, h Hands) (Applied, error) {
	s.upload.Overwrite = d.Overwrite
	result, err := account.Execute(ctx, a.client, account.Run{
		Plan: s.Plan, Value: d.Values.Value, Event: h.event, Decide: h.Decide, Journal: s.journal,
		Upload: s.upload, Restart: restarts(d.App, s), Role: s.Context.Role, History: s.journal.History(),
	})
	done := Applied{
		Done: result.Done, Failed: result.Failed, Skipped: result.Skipped, Cannot: result.Cannot,
		Made: result.Made, Undone: result.Undone,
	}
	plan := s.Plan
	for _, item := range result.HandedOver {
		item.Action, item.Handover = snowflake.ActionCannot, item.Statements
		plan.Items = append(plan.Items, item)
	}
	done.AdminSQL, done.Letter = Handover(d.App, s.Context, plan)
	if err != nil || result.Undone {
		return done, err
	}
	return done, a.verify(ctx, s, result.Seen, &done)
}

// Fetch reads an app with its files.
func (a *accountCloud) Fetch(ctx context.Context, name string) (account.App, error) {
	return account.Fetch(ctx, a.client, name)
}

// Undo removes what a run made.
func (a *accountCloud) Undo(ctx context.Context, s Survey, done Applied, h Hands) (Applied, error) {
	run := account.Run{Plan: s.Plan, Event: h.event, Journal: s.journal, Role: s.Context.Role, History: s.journal.History()}
	result, err := account.TakeBack(ctx, a.client, run, done.Made)
	if err != nil {
		return done, Failed(err, "live.undo_stopped")
	}
	return Applied{Undone: result.Undone}, nil
}

// verify looks again at everything that the run was about: what is still to do was not done.
func (a *accountCloud) verify(ctx context.Context, s Survey, seen map[snowflake.Ref]snowflake.Found, done *Applied) error {
	again, err := a.lookAgain(ctx, s, seen)
	if err != nil {
		return Failed(err, "live.unseen")
	}
	before := map[snowflake.Ref]snowflake.Action{}
	for _, item := range s.Plan.Items {
		before[item.Ref] = item.Action
	}
	for _, item := range again.Plan.Items {
		known := before[item.Ref] == snowflake.ActionCannot || done.Failed+done.Skipped > 0
		if item.Action != snowflake.ActionSame && !known {
			done.Unverified = append(done.Unverified, item.Text())
		}
		if item.Kind == snowflake.KindStreamlit && again.Account.Found[item.Ref].Presence == snowflake.Present {
			done.URL = appURL(again.Context, item.Name)
		}
	}
	if done.Failed+done.Skipped+done.Cannot > 0 || !s.Changes() {
		return nil
	}
	silent, err := account.Reachable(ctx, a.client, again.Objects, again.Account)
	if err != nil {
		return Failed(err, "live.unasked")
	}
	done.Unverified = append(done.Unverified, silent...)
	return nil
}

// lookAgain is a survey after a run. What the plan left as it was is not asked about again.
func (a *accountCloud) lookAgain(ctx context.Context, s Survey, seen map[snowflake.Ref]snowflake.Found) (Survey, error) {
	var changed []snowflake.Object
	for _, item := range s.Plan.Items {
		if item.Action == snowflake.ActionCreate || item.Action == snowflake.ActionAlter {
			changed = append(changed, item.Object)
		}
	}
	if len(changed) == 0 {
		return s, nil
	}
	again := s
	var err error
	if again.Account, err = account.LookAgain(ctx, a.client, s.Account, s.Objects, changed, seen); err != nil {
		return again, err
	}
	if err := s.upload.CheckAgain(ctx, a.client); err != nil {
		return again, err
	}
	stays := func(path string) bool { return slices.Contains(s.kept, path) }
	s.upload.Edited, s.upload.Gone = slices.DeleteFunc(s.upload.Edited, stays), slices.DeleteFunc(s.upload.Gone, stays)
	for _, x := range s.Objects {
		if x.Kind == snowflake.KindUpload {
			again.Account.Found[x.Ref] = s.upload.Found()
		}
	}
	again.Plan = snowflake.NewPlan(s.Objects, again.Account, snowflake.PlanOptions{Made: s.journal.Made()})
	return again, nil
}

// restarts names the app to restart where it runs already: a container reads files and values when
// it starts.
func restarts(app scaffold.App, s Survey) string {
	if app.Resolve().App.Runtime != scaffold.Container {
		return ""
	}
	for _, x := range s.Objects {
		if x.Kind == snowflake.KindStreamlit && s.Account.Found[x.Ref].Presence == snowflake.Present {
			return x.Name
		}
	}
	return ""
}

// appURL is the address of an app in Snowsight.
// https://docs.snowflake.com/en/user-guide/ui-snowsight-gs
func appURL(c snowflake.Context, name string) string {
	parts, err := snowflake.Qualified(name)
	if err != nil {
		return ""
	}
	for i, part := range parts {
		if parts[i], err = snowflake.Stored(part); err != nil {
			return ""
		}
	}
	organization, account := c.Organization, c.Name
	if organization == "" || account == "" {
		organization, account = strings.ToLower(c.Region), c.Account
	}
	return fmt.Sprintf("https://app.snowflake.com/%s/%s/#/streamlit-apps/%s",
		strings.ToLower(organization), strings.ToLower(account), url.PathEscape(strings.Join(parts, ".")))
}

// event is h.Event, or nothing.
func (h Hands) event(e LiveEvent) {
	if h.Event != nil {
		h.Event(e)
	}
}

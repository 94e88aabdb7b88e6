package deploy

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"sleet/scaffold"
	"sleet/scaffold/resources"
	"sleet/scaffold/upload"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/session"
	"sleet/snowflake/account/stage"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// accountDeployer is a Deployer for an open connection.
type accountDeployer struct {
	client  *session.Client
	journal OpenJournal
	// last is the most recent reading of the account, for the next assessment. It is nil once a run has changed
	// something.
	last atomic.Pointer[snapshot]
}

// snapshot is what an account reports about itself and about an app.
type snapshot struct {
	who   snowflake.Context
	roles snowflake.Roles
	reading
	at time.Time
}

// maxAge is the age from which a reading is not used again.
const maxAge = 10 * time.Minute

// New returns a Deployer for an open connection, which its Close closes.
func New(client *session.Client, journal OpenJournal) Deployer {
	return &accountDeployer{client: client, journal: journal}
}

// Inventory lists the objects of the account, one kind at a time as the answers arrive.
func (a *accountDeployer) Inventory(ctx context.Context, each func(Listing)) error {
	return observe.Inventory(ctx, a.client, each)
}

// Close closes the connection.
func (a *accountDeployer) Close() error { return a.client.Close() }

// Assess compares the desired state with the account.
func (a *accountDeployer) Assess(ctx context.Context, d Deployment) (Assessment, error) {
	d.sends = true
	s, err := a.readState(ctx, d)
	if err != nil {
		return s, err
	}
	if err := a.files(ctx, d, &s); err != nil {
		return s, err
	}
	options := snowflake.PlanOptions{
		NewValues: account.NewValues(s.Desired.List, s.Account, s.journal.History(), d.Values.Value), Shared: d.Shared, Created: s.journal.Created(),
		Set: s.journal.History().Set, HandedOver: s.journal.History().HandedOver,
	}
	s.Plan = snowflake.NewPlan(s.Desired, s.Account, options)
	// Only resources to be altered need their other users.
	shared, err := observe.FindOtherUsers(ctx, a.client, s.Account, s.Plan)
	if err != nil {
		return s, message.Wrap(err, "live.users_unseen")
	}
	if shared {
		s.Plan = snowflake.NewPlan(s.Desired, s.Account, options)
	}
	return s, nil
}

// readState reads the state of everything that the app needs, and of its files. If the person then adds what was
// missing, such as a secret's value, the next call reuses the reading.
func (a *accountDeployer) readState(ctx context.Context, d Deployment) (Assessment, error) {
	for _, secret := range d.Values.All() {
		a.client.Hide(secret)
	}
	up, vetoed := a.sendable(d)
	var refused *UploadError
	if vetoed != nil && (d.sends || !errors.As(vetoed, &refused)) {
		return Assessment{}, vetoed
	}
	seen, err := a.snapshotOf(ctx, d, up)
	s := Assessment{Context: seen.who, Connection: a.client.Connection(), Desired: seen.desired}
	if err != nil {
		return s, err
	}
	s.sending(up)
	if s.journal, err = a.journal(RecordKey(d.Dir, d.Env), seen.who.Account); err != nil {
		return s, err
	}
	s.Resumes = s.journal.Resumes()
	s.Account, s.upload = seen.account, seen.upload
	s.Account.Context = seen.who
	s.Account.Roles.Available, s.Account.Roles.Secondary = seen.roles.Available, seen.roles.Secondary
	return s, seen.err
}

// snapshotOf returns the last reading if it is fresh, or reads the account. It starts with the session that the login
// reported, before the account has confirmed it, and reads again if that was wrong.
func (a *accountDeployer) snapshotOf(ctx context.Context, d Deployment, up upload.Files) (snapshot, error) {
	if last := a.last.Swap(nil); last != nil && time.Since(last.at) < maxAge &&
		reflect.DeepEqual(last.desired, resources.For(d.App, last.who, factsOf(up.Files))) {
		return last.withFiles(up.Files), nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	early := make(chan reading, 1)
	begun, ok := a.client.Facts().Start()
	if ok = ok && a.placeable(d.App, begun) == nil; ok {
		go func() {
			early <- a.read(ctx, d, begun, snowflake.Roles{Current: snowflake.StoredObject(begun.Role)}, up)
		}()
	}
	seen := snapshot{at: time.Now()}
	var err error
	if seen.who, seen.roles, err = observe.ReadIdentity(ctx, a.client); err != nil {
		return seen, err
	}
	if err := a.placeable(d.App, seen.who); err != nil {
		return seen, err
	}
	if ok {
		seen.reading = <-early
	}
	if !ok || begun.Role != seen.who.Role || !reflect.DeepEqual(seen.desired, resources.For(d.App, seen.who, factsOf(up.Files))) {
		seen.reading = a.read(ctx, d, seen.who, seen.roles, up)
	}
	if seen.err == nil {
		kept := seen.withFiles(up.Files)
		a.last.Store(&kept)
	}
	return seen, nil
}

// withFiles returns a copy for the given files that shares no mutable state.
func (l *snapshot) withFiles(files map[string][]byte) snapshot {
	other := *l
	other.account.Found = maps.Clone(l.account.Found)
	upload := *l.upload
	upload.Files = files
	other.upload = &upload
	return other
}

// reading is what the account reports about an app.
type reading struct {
	desired snowflake.DesiredResources
	account snowflake.Account
	upload  *stage.Upload
	err     error
}

// read reads an app's state as the given session.
func (a *accountDeployer) read(ctx context.Context, d Deployment, who snowflake.Context, roles snowflake.Roles, up upload.Files) (r reading) {
	r.err = safely.Call(func() error {
		r.desired = resources.For(d.App, who, factsOf(up.Files))
		r.upload = uploadOf(r.desired, up.Files)
		var err error
		r.account, err = observe.ReadState(ctx, a.client, who, roles, r.desired, observe.ReadOptions{Upload: r.upload, New: d.New})
		return err
	})
	return r
}

// Apply runs the plan of an assessment, and then verifies the result.
func (a *accountDeployer) Apply(ctx context.Context, d Deployment, s Assessment, h ApplyHooks) (Applied, error) {
	a.last.Store(nil)
	s.upload.Overwrite = d.Overwrite
	result, err := account.Execute(ctx, a.client, account.Run{
		Plan: s.Plan, Value: d.Values.Value, Event: h.event, Decide: h.Decide, Journal: s.journal,
		Upload: s.upload, Restart: restarts(d.App, s), History: s.journal.History(), State: &s.Account, Desired: s.Desired,
	})
	done := Applied{
		Done: result.Done, Failed: result.Failed, Skipped: result.Skipped, Cannot: result.Cannot,
		Created: result.Created, Undone: result.Undone,
	}
	handover := handedOver(s.Plan, result.HandedOver)
	if err != nil || result.Undone {
		done.AdminSQL, done.CoverNote = AdminScript(d.App, s, handover)
		return done, err
	}
	again, err := a.verify(ctx, s, result, handover, &done)
	if err != nil {
		again = s
	}
	done.AdminSQL, done.CoverNote = AdminScript(d.App, again, handover)
	return done, errors.Join(err, handedOverNow(again, handover))
}

// handedOverNow records the grants that an administrator is asked for.
func handedOverNow(s Assessment, items []snowflake.Item) error {
	statements, _ := runnable(s, items)
	for _, st := range statements {
		if st.Kind != snowflake.KindGrant || s.journal.History().HandedOver[st.Ref] {
			continue
		}
		if err := s.journal.Record(account.Entry{Event: account.EventSkipped, Ref: st.Ref, Action: snowflake.ActionCannot}); err != nil {
			return err
		}
	}
	return nil
}

// handedOver returns the items for an administrator: those that cannot be applied and those that the account refused.
// If there are any, it includes privileges known to be missing elsewhere, so that an administrator is asked once.
func handedOver(plan snowflake.Plan, refused []snowflake.Item) []snowflake.Item {
	var list, besides []snowflake.Item
	for _, item := range plan.Items {
		at := slices.IndexFunc(refused, func(r snowflake.Item) bool { return r.Ref == item.Ref })
		switch {
		case at >= 0:
			list = append(list, refused[at])
		case item.Action == snowflake.ActionCannot:
			list = append(list, item)
		case item.Action == snowflake.ActionSame && len(item.Fixes()) > 0:
			besides = append(besides, item)
		}
	}
	// What waits for the person's own consent, as an object of others does, needs no administrator.
	if !slices.ContainsFunc(list, func(i snowflake.Item) bool { return len(i.Handover) > 0 }) {
		return nil
	}
	return append(besides, list...)
}

// Fetch reads an app with its files.
func (a *accountDeployer) Fetch(ctx context.Context, name string) (observe.App, error) {
	return observe.Fetch(ctx, a.client, name)
}

// Undo removes what a run created.
func (a *accountDeployer) Undo(ctx context.Context, s Assessment, done Applied, h ApplyHooks) (Applied, error) {
	a.last.Store(nil)
	run := account.Run{Plan: s.Plan, Event: h.event, Journal: s.journal, History: s.journal.History()}
	result, err := account.UndoRun(ctx, a.client, run, done.Created)
	if err != nil {
		return done, message.Wrap(err, "live.undo_stopped")
	}
	return Applied{Undone: result.Undone}, nil
}

// restarts reports whether the app already runs in a container, which reads files and values only when it starts.
func restarts(app scaffold.App, s Assessment) bool {
	if !scaffold.Facts(app.App.Runtime).SharedProcess {
		return false
	}
	for _, x := range s.Desired.List {
		runtime := s.Account.Found[x.Ref].Values["RUNTIME_NAME"]
		if x.Kind == snowflake.KindStreamlit {
			return s.Account.Found[x.Ref].Presence == snowflake.Present && strings.Contains(runtime, "CONTAINER")
		}
	}
	return false
}

package command

import (
	"context"
	"errors"
	"slices"

	"sleet/scaffold/answers"
	"sleet/scaffold/migrate"
	"sleet/scaffold/workspace"
	"sleet/steps/deploy"
	"sleet/steps/statestore"
	"sleet/ui/message"
)

// store is where this person's state is kept, outside every app's folder.
func (h Host) store() statestore.Store { return statestore.Open(h.getenv) }

// lock keeps other runs of sleet out of an app's folder until release is called.
func (h Host) lock(dir string) (release func(), err error) {
	release, err = h.store().Lock(dir)
	var held *statestore.HeldError
	switch {
	case errors.As(err, &held) && held.Process != 0:
		return nil, message.Wrap(err, "run.held_by", "dir", clean(held.Dir), "process", held.Process)
	case errors.As(err, &held):
		return nil, message.Wrap(err, "run.held", "dir", clean(held.Dir))
	case err != nil:
		return nil, message.Wrap(err, "run.not_locked")
	}
	return release, nil
}

// locked runs something while no other run of sleet works in a folder.
func (h Host) locked(dir string, run func() error) error {
	release, err := h.lock(dir)
	if err != nil {
		return err
	}
	defer release()
	return run()
}

// writing is how a migration of this machine is written and taken back.
func (h Host) writing() migrate.WriteOptions { return migrate.WriteOptions{Seal: h.store().Seal()} }

// lockingCloud is a Deployer whose runs keep other runs of sleet out of the app's folder.
type lockingCloud struct {
	deploy.Deployer
	host Host
}

// Unwrap returns the account.
func (c lockingCloud) Unwrap() deploy.Deployer { return c.Deployer }

// Inventory lists what the account has.
func (c lockingCloud) Inventory(ctx context.Context, each func(deploy.Listing)) error {
	inventory(ctx, c.Deployer, each)
	return nil
}

// Assess returns what the app wants beside what the account has.
func (c lockingCloud) Assess(ctx context.Context, d deploy.Deployment) (deploy.Assessment, error) {
	d.Seal, d.New = c.host.store().Seal(), !c.host.store().Deployed(d.Dir)
	return c.Deployer.Assess(ctx, d)
}

// Apply carries a plan out.
func (c lockingCloud) Apply(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (done deploy.Applied, err error) {
	err = c.host.locked(d.Dir, func() error { done, err = c.Deployer.Apply(ctx, d, s, h); return err })
	return done, err
}

// Destroy carries the plan of a removal out.
func (c lockingCloud) Destroy(ctx context.Context, d deploy.Deployment, s deploy.Assessment, h deploy.ApplyHooks) (done deploy.Applied, err error) {
	err = c.host.locked(d.Dir, func() error { done, err = c.Deployer.Destroy(ctx, d, s, h); return err })
	return done, err
}

// deployed reports whether the app of a folder was deployed from this machine, as it is or in an environment.
func (h Host) deployed(dir string) bool {
	if h.store().Deployed(dir) {
		return true
	}
	folder, err := workspace.Read(dir)
	return err == nil && slices.ContainsFunc(answers.Environments(folder.App), func(env string) bool {
		return h.store().Deployed(deploy.Place(dir, env))
	})
}

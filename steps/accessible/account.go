package accessible

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"
	"sleet/ui/message"
)

// newProfile is the answer that adds a connection.
const newProfile = "new"

// deployApp deploys the app, line by line.
func (d *dialogue) deployApp(ctx context.Context) error {
	d.state.Deploys = true
	d.closeCloud() // the plan may be for another account
	for {
		cloud, assessment, err := d.connected(ctx)
		switch {
		case errors.Is(err, errBack) && !d.state.Existing: // what was written cannot be undone
			continue
		case err != nil:
			return err
		}
		d.cloud, d.inventory = cloud, nil
		err = d.applyPlan(ctx, assessment)
		_ = cloud.Close() // the account ends the session anyway
		d.cloud = nil
		if !errors.Is(err, errBack) {
			return err
		}
	}
}

// connectFirst logs in before the questions, so that answers can be chosen from what the account has.
func (d *dialogue) connectFirst() error {
	cloud, err := d.login(d.ctx)
	if err != nil {
		return err
	}
	d.closeCloud()
	d.cloud = cloud
	return nil
}

// login asks for a connection until a login succeeds.
func (d *dialogue) login(ctx context.Context) (deploy.Deployer, error) {
	for {
		profile, err := d.profile(ctx)
		if err != nil {
			return nil, err
		}
		if profile, err = d.restrictPermissions(profile); err != nil {
			return nil, err
		}
		d.say("account.connecting", "name", d.titleOf(profile))
		cloud, err := d.Effects.Account.Connect(ctx, profile, d.hidden)
		if err == nil {
			d.state.Demo = profile.Demo
			return cloud, nil
		}
		if err := d.failed(err); err != nil {
			return nil, err
		}
	}
}

// closeCloud closes the session, if there is one.
func (d *dialogue) closeCloud() {
	if d.cloud != nil {
		_ = d.cloud.Close() // the account ends the session anyway
	}
	d.cloud, d.inventory = nil, nil
}

// connected logs in until the account can be compared with the app.
func (d *dialogue) connected(ctx context.Context) (deploy.Deployer, deploy.Assessment, error) {
	d.title(steps.AccountStep)
	for {
		cloud, err := d.login(ctx)
		if err != nil {
			return nil, deploy.Assessment{}, err
		}
		d.say("account.looking")
		assessment, err := cloud.Assess(ctx, d.state.Deployment())
		var nowhere *deploy.LocationError
		if err == nil || errors.As(err, &nowhere) { // the plan asks for the missing place
			return cloud, assessment, nil
		}
		_ = cloud.Close() // the error of the assessment matters more
		if err := d.failed(err); err != nil {
			return nil, deploy.Assessment{}, err
		}
	}
}

// failed prints an error, so that the question can be asked again. It returns an error that ends the run.
func (d *dialogue) failed(err error) error {
	if d.ctx.Err() != nil || errors.Is(err, ErrNoAnswer) || errors.Is(err, context.Canceled) {
		return err
	}
	d.lastErr = err
	for _, line := range screen.FailureLines(d.plain(), err) {
		d.printPlain(line)
	}
	return nil
}

func (d *dialogue) titleOf(p steps.Profile) string {
	if p.Demo {
		return d.t("account.demo")
	}
	return p.Name
}

// profile asks for an existing or a new connection.
func (d *dialogue) profile(ctx context.Context) (steps.Profile, error) {
	for {
		all, err := d.Effects.Account.Profiles(ctx)
		if err != nil {
			return steps.Profile{}, message.Wrap(err, "accessible.no_connections")
		}
		options := make([]option, 0, len(all)+1)
		current := ""
		for i, p := range all {
			o := option{value: fmt.Sprint(i), title: d.titleOf(p)}
			for _, words := range []string{p.Account, p.User, p.Role, strings.ToLower(p.Authenticator)} {
				o.title = strings.TrimSuffix(o.title+", "+words, ", ")
			}
			if p.Demo {
				o.brings = d.t("account.demo_why")
			} else if !p.From.IsZero() {
				o.brings = d.t("account.from", "from", d.Words.Say(p.From))
			}
			o.costs = d.Words.Say(message.Join(" ", p.Problems...))
			options = append(options, o)
			if p.Default {
				current = o.value
			}
		}
		if d.Effects.Account.AddProfile != nil {
			options = append(options, option{value: newProfile, title: d.t("account.add")})
		}
		chosen, err := d.choose(d.t("account.label"), options, current)
		if err != nil {
			return steps.Profile{}, err
		}
		if chosen != newProfile {
			i := slices.IndexFunc(options, func(o option) bool { return o.value == chosen })
			return all[i], nil
		}
		if err := d.addProfile(); err != nil && !errors.Is(err, errBack) { // back to the list
			return steps.Profile{}, err
		}
	}
}

// addProfile asks for a new connection and stores it. It prints what is wrong with it.
func (d *dialogue) addProfile() error {
	names, options := steps.NewProfileFields()
	answers := map[string]string{}
	for _, name := range names {
		id := "profile." + name
		label := d.t(message.ID(id + ".label"))
		if why := d.t(message.ID(id + ".why")); why != id+".why" {
			d.print(why)
		}
		var err error
		if values := options[name]; values != nil {
			var list []option
			for _, v := range values {
				list = append(list, option{value: v, title: d.t(message.ID(id + "." + v + ".label"))})
			}
			answers[name], err = d.choose(label, list, values[0])
		} else {
			answers[name], err = d.read(label + ":")
			answers[name] = strings.TrimSpace(answers[name])
		}
		if err != nil {
			return err
		}
	}
	profile, missing := steps.NewProfile(answers)
	if missing != "" {
		d.print(d.t("accessible.error") + ": " + d.t(message.ID("profile."+missing+".label")) + ": " + d.t("profile.missing"))
		return nil
	}
	if err := d.Effects.Account.AddProfile(profile); err != nil {
		return d.failed(err)
	}
	return nil
}

// restrictPermissions offers to restrict the permissions of a connection's file to its owner.
func (d *dialogue) restrictPermissions(p steps.Profile) (steps.Profile, error) {
	if !p.Open || d.Effects.Account.AllowOnlyMe == nil {
		return p, nil
	}
	yes, _, err := d.confirm(d.t("account.fix_key"), false)
	if err != nil || !yes {
		return p, err
	}
	if err := d.Effects.Account.AllowOnlyMe(p); err != nil {
		return p, d.failed(err)
	}
	return p, nil
}

// inventoryWord is the answer that lists what the account has.
const inventoryWord = "?"

// offerInventory mentions that an answer can be chosen from what the account has.
func (d *dialogue) offerInventory(q steps.Question) {
	if d.cloud == nil || d.Effects.Account.Inventory == nil {
		return
	}
	if _, _, ok := steps.InventoryNames(q, d.inventory); ok {
		d.say("accessible.stock", "word", inventoryWord)
	}
}

// fromAccount lets the person choose from what the account has. It returns false if there is nothing to choose from, so
// that a question mark is an ordinary answer.
func (d *dialogue) fromAccount(q steps.Question, label string) (bool, error) {
	inventory := d.Effects.Account.Inventory
	if _, _, ok := steps.InventoryNames(q, d.inventory); !ok || d.cloud == nil || inventory == nil {
		return false, nil
	}
	if d.inventory == nil {
		d.say("inventory.coming")
		d.inventory = steps.Inventory{}
		inventory(d.ctx, d.cloud, func(l deploy.Listing) { d.inventory = d.inventory.With(l) })
	}
	names, note, _ := steps.InventoryNames(q, d.inventory)
	if !note.IsZero() {
		d.print(d.Words.Say(note))
	}
	options := []option{{value: "", title: d.t("inventory.default")}}
	for _, name := range names {
		options = append(options, option{value: name, title: name})
	}
	chosen, err := d.choose(label, options, "")
	if err == nil {
		d.state = steps.InventoryAnswer(q, d.state, chosen)
	}
	return true, err
}

// hidden asks for a value that must not be visible.
func (d *dialogue) hidden(ctx context.Context, prompt string) (snowflake.Secret, error) {
	if ask := d.Effects.Account.AskSecret; ask != nil {
		return ask(ctx, d.where+", "+prompt)
	}
	return d.shown(prompt)
}

// shown asks for a value that may be visible.
func (d *dialogue) shown(prompt string) (snowflake.Secret, error) {
	for {
		line, err := d.raw(prompt)
		switch {
		case err != nil:
			return snowflake.Secret{}, err
		case line.long:
			d.say("accessible.long", "bytes", maxAnswer)
		default:
			return snowflake.NewSecret(line.text), nil
		}
	}
}

package snowflake_test

import (
	"fmt"
	"strings"
	"testing"

	"sleet/snowflake"
)

// role returns the Name of a role.
func role(name string) snowflake.Name { return snowflake.StoredObject(name) }

// ref returns the Ref of an account-level object.
func ref(kind snowflake.Kind, name string) snowflake.Ref {
	return snowflake.Ref{Kind: kind, Name: snowflake.ShownName(name)}
}

// usageTo returns a grant of USAGE on an integration.
func usageTo(integration, to string) snowflake.Privilege {
	return snowflake.Privilege{Name: "USAGE", On: snowflake.OnIntegration, Object: role(integration), Role: role(to)}
}

// createSecret returns the privilege to create a secret in D.S.
func createSecret() snowflake.Privilege {
	return snowflake.Privilege{Name: "CREATE SECRET", On: snowflake.OnSchema, Object: snowflake.SchemaIn("D", "S"), Role: role("DEV")}
}

// smallApp returns the resources of a small app, created by DEV, with an integration created by ADMIN.
func smallApp() snowflake.DesiredResources {
	key := ref(snowflake.KindSecret, "D.S.KEY")
	access := ref(snowflake.KindIntegration, "ACCESS")
	binding := snowflake.ListValue([]snowflake.Entry{{Key: "key", Name: key.Name}})
	return snowflake.DesiredResources{List: []snowflake.Resource{
		{
			Ref: ref(snowflake.KindWarehouse, "WH"), Owner: role("DEV"),
			Needs: []snowflake.Privilege{{Name: "USAGE", On: "WAREHOUSE", Object: role("WH"), Role: role("DEV")}},
		},
		{
			Ref: key, Owner: role("DEV"), Managed: true, Key: "key", Needs: []snowflake.Privilege{createSecret()},
			Properties: []snowflake.Property{{
				Name: "SECRET_STRING", Value: snowflake.SlotValue(snowflake.Slot{Placeholder: "<secret:key>", Key: "key"}), Created: true,
			}},
		},
		{
			Ref: access, Owner: role("ADMIN"), Managed: true, Uses: []snowflake.Ref{key},
			Properties: []snowflake.Property{{Name: "ALLOWED_AUTHENTICATION_SECRETS", Value: snowflake.NamesValue(key.Name)}},
			Needs:      []snowflake.Privilege{{Name: snowflake.CreateExternalAccess, On: snowflake.OnAccount, Role: role("ADMIN")}},
		},
		{
			Ref:   snowflake.Ref{Kind: snowflake.KindGrant, Grant: usageTo("ACCESS", "DEV")},
			Owner: role("ADMIN"), Managed: true, Uses: []snowflake.Ref{access},
		},
		{
			Ref: ref(snowflake.KindFunction, "D.S.GET"), Owner: role("DEV"), Managed: true, Replace: true, Uses: []snowflake.Ref{access},
			Properties: []snowflake.Property{{Name: "BODY", Value: snowflake.BodyValue("return 1"), Clause: snowflake.ClauseBody}},
		},
		{
			Ref: ref(snowflake.KindStreamlit, `D.S."my app"`), Owner: role("DEV"), Managed: true, Uses: []snowflake.Ref{access},
			Properties: []snowflake.Property{
				{Name: "TITLE", Value: snowflake.TextValue("Mine")},
				{Name: "COMMENT", Value: snowflake.TextValue(""), Default: true},
				{Name: "SECRETS", Value: binding},
			},
		},
	}}
}

// actions returns a plan as one word per item.
func actions(p snowflake.Plan) string {
	words := make([]string, 0, len(p.Items))
	for _, i := range p.Items {
		words = append(words, string(i.Action))
	}
	return strings.Join(words, " ")
}

// privilegedAccount returns an account where DEV has every privilege it needs and the person has ADMIN, too.
func privilegedAccount() snowflake.Account {
	return snowflake.Account{
		Found: map[snowflake.Ref]snowflake.Observed{ref(snowflake.KindWarehouse, "WH"): {Presence: snowflake.Present}},
		Roles: snowflake.Roles{
			Current: role("DEV"), Available: []snowflake.Name{role("DEV"), role("ADMIN")},
			Known:      map[snowflake.Name]bool{role("DEV"): true, role("ADMIN"): true, role("PUBLIC"): true},
			Granted:    map[snowflake.Name][]snowflake.Name{role("ADMIN"): {role("ACCOUNTADMIN")}},
			Privileges: map[snowflake.Name][]snowflake.Privilege{role("DEV"): {createSecret(), {Name: "USAGE", On: "WAREHOUSE", Object: role("WH"), Role: role("DEV")}}},
		},
	}
}

// appliedAccount returns the account after the plan was applied.
func appliedAccount() snowflake.Account {
	a := privilegedAccount()
	for _, x := range smallApp().List {
		a.Found[x.Ref] = snowflake.Observed{
			Presence: snowflake.Present, Owner: x.Owner,
			Values: map[string]string{"TITLE": "Mine", "BODY": "\nreturn 1\n", "LIVE_VERSION": "snow://x"},
			Lists: map[string][]snowflake.Entry{
				"ALLOWED_AUTHENTICATION_SECRETS": snowflake.ShownList("[D.S.KEY, D.S.OTHER]"), "SECRETS": snowflake.ShownList(`{"key":"D.S.KEY"}`),
			},
		}
	}
	a.Roles.Privileges[role("DEV")] = append(a.Roles.Privileges[role("DEV")], usageTo("ACCESS", "DEV"))
	return a
}

// setBefore returns the journal's marks of an object that an earlier run created in its desired state.
func setBefore(ref snowflake.Ref) map[snowflake.Ref]snowflake.PropertyHashes {
	marks := map[snowflake.Ref]snowflake.PropertyHashes{}
	for _, x := range smallApp().List {
		if x.Ref == ref {
			marks[ref] = x.PropertyHashes()
		}
	}
	return marks
}

func TestNewPlan(t *testing.T) {
	given := snowflake.PlanOptions{NewValues: map[string]bool{"key": true}}
	app, integration := ref(snowflake.KindStreamlit, `D.S."my app"`), ref(snowflake.KindIntegration, "ACCESS")
	function := ref(snowflake.KindFunction, "D.S.GET")
	change := func(ref snowflake.Ref, f func(*snowflake.Observed)) snowflake.Account {
		a := appliedAccount()
		found := a.Found[ref]
		f(&found)
		a.Found[ref] = found
		return a
	}
	for name, c := range map[string]struct {
		account snowflake.Account
		options snowflake.PlanOptions
		want    string
		// says are texts from the items' changes, reasons, statements and hand-overs.
		says []string
	}{
		"nothing there": {privilegedAccount(), given, "same create create create create create", []string{"ADD LIVE VERSION"}},
		"all there":     {appliedAccount(), snowflake.PlanOptions{}, "same same same same same same", nil},
		"a new value":   {appliedAccount(), given, "same alter same same same same", []string{"ALTER SECRET", "******"}},
		"no such thing": {func() snowflake.Account {
			a := appliedAccount()
			a.Found[ref(snowflake.KindWarehouse, "WH")] = snowflake.Observed{Presence: snowflake.Absent}
			a.Roles.Privileges[role("DEV")] = []snowflake.Privilege{createSecret(), usageTo("ACCESS", "DEV")}
			return a
		}(), snowflake.PlanOptions{}, "same same same same same same", []string{"not found", "viewers see an error", "hand over as ACCOUNTADMIN GRANT USAGE ON WAREHOUSE WH TO ROLE DEV"}},
		"nothing shown":   {snowflake.Account{}, given, "same create create create create create", nil},
		"title":           {change(app, func(f *snowflake.Observed) { f.Values = map[string]string{"TITLE": "Old", "LIVE_VERSION": "x"} }), snowflake.PlanOptions{}, "same same same same same alter", []string{"SET\n  TITLE = 'Mine'", "TITLE Old Mine"}},
		"comment stays":   {change(app, func(f *snowflake.Observed) { f.Values["COMMENT"] = "old" }), snowflake.PlanOptions{}, "same same same same same same", nil},
		"no live version": {change(app, func(f *snowflake.Observed) { delete(f.Values, "LIVE_VERSION") }), snowflake.PlanOptions{}, "same same same same same alter", []string{"ADD LIVE VERSION"}},
		"lists are merged": {change(app, func(f *snowflake.Observed) {
			f.Lists = map[string][]snowflake.Entry{"SECRETS": snowflake.ShownList(`{"other":"D.S.X"}`)}
		}), snowflake.PlanOptions{}, "same same same same same alter", []string{"SECRETS = ('other' = D.S.X, 'key' = D.S.KEY)"}},
		"other binding": {change(app, func(f *snowflake.Observed) {
			f.Lists = map[string][]snowflake.Entry{"SECRETS": snowflake.ShownList(`{"key":"D.S.X"}`)}
		}), snowflake.PlanOptions{}, "same same same same same alter", []string{"SECRETS = ('key' = D.S.KEY)"}},
		"other body":      {change(function, func(f *snowflake.Observed) { f.Values = map[string]string{"BODY": "return 2"} }), snowflake.PlanOptions{}, "same same same same alter same", []string{"CREATE OR REPLACE SECURE FUNCTION"}},
		"other owner":     {change(app, func(f *snowflake.Observed) { f.Owner, f.Values["TITLE"] = role("X"), "Old" }), snowflake.PlanOptions{Shared: true}, "same same same same same alter", []string{"may be refused: the role X owns it", "hand over as X ALTER STREAMLIT"}},
		"title not set":   {change(app, func(f *snowflake.Observed) { delete(f.Values, "TITLE") }), snowflake.PlanOptions{}, "same same same same same alter", []string{"TITLE = "}},
		"title not shown": {change(app, func(f *snowflake.Observed) { delete(f.Values, "TITLE") }), snowflake.PlanOptions{Set: setBefore(app)}, "same same same same same same", nil},
		"hidden":          {change(app, func(f *snowflake.Observed) { f.Presence = snowflake.Hidden }), snowflake.PlanOptions{}, "same same same same same create", []string{"may be refused: it exists"}},
		"another kind":    {change(app, func(f *snowflake.Observed) { f.Kind = "table" }), snowflake.PlanOptions{}, "same same same same same cannot", []string{"a table already has this name"}},
		"legacy app":      {change(app, func(f *snowflake.Observed) { f.Values["ROOT_LOCATION"] = "@D.S.OLD" }), snowflake.PlanOptions{}, "same same same same same cannot", []string{"ROOT_LOCATION", "another name"}},
		"trial":           {func() snowflake.Account { a := privilegedAccount(); a.Context.Trial = true; return a }(), given, "same create cannot cannot cannot cannot", []string{"trial account"}},
		"owner untold": {change(integration, func(f *snowflake.Observed) {
			f.Owner, f.Lists["ALLOWED_AUTHENTICATION_SECRETS"] = snowflake.Name{}, []snowflake.Entry{}
		}), snowflake.PlanOptions{}, "same same cannot same same same", []string{"--shared"}},
		"owner untold, made by us": {change(integration, func(f *snowflake.Observed) {
			f.Owner, f.Lists["ALLOWED_AUTHENTICATION_SECRETS"] = snowflake.Name{}, []snowflake.Entry{}
		}), snowflake.PlanOptions{Created: map[snowflake.Ref]bool{integration: true}}, "same same alter same same same", nil},
		"shared": {change(integration, func(f *snowflake.Observed) {
			f.Lists["ALLOWED_AUTHENTICATION_SECRETS"], f.Users = []snowflake.Entry{}, []snowflake.Ref{ref(snowflake.KindStreamlit, "D.S.OTHER")}
		}), snowflake.PlanOptions{}, "same same cannot same same same", []string{"--shared"}},
		"shared, allowed": {change(integration, func(f *snowflake.Observed) {
			f.Lists["ALLOWED_AUTHENTICATION_SECRETS"], f.Users = []snowflake.Entry{}, []snowflake.Ref{ref(snowflake.KindStreamlit, "D.S.OTHER")}
		}), snowflake.PlanOptions{Shared: true}, "same same alter same same same", nil},
	} {
		t.Run(name, func(t *testing.T) {
			plan := snowflake.NewPlan(smallApp(), c.account, c.options)
			if got := actions(plan); got != c.want {
				t.Errorf("actions %s, want %s", got, c.want)
			}
			shownText := text(plan)
			for _, want := range c.says {
				if !strings.Contains(shownText, want) {
					t.Errorf("plan lacks %q:\n%s", want, shownText)
				}
			}
		})
	}
}

func text(p snowflake.Plan) string {
	var b strings.Builder
	for _, i := range p.Items {
		fmt.Fprintln(&b, i.Kind, i.SQL(), i.Reason, i.NeedsValue)
		for _, c := range i.Changes {
			fmt.Fprintln(&b, c.Property, c.From, c.To)
		}
		for _, st := range i.Statements {
			fmt.Fprintln(&b, st.SQL)
		}
		for _, st := range i.Handover {
			fmt.Fprintln(&b, "hand over as", st.Role, st.SQL)
		}
	}
	return b.String()
}

// TestNewPlanHandsOver checks the plan for a person without privileges.
func TestNewPlanHandsOver(t *testing.T) {
	noAdmin := privilegedAccount()
	noAdmin.Roles.Available = []snowflake.Name{role("DEV")}
	plan := snowflake.NewPlan(smallApp(), noAdmin, snowflake.PlanOptions{})
	if got, want := actions(plan), "same create cannot cannot cannot cannot"; got != want {
		t.Errorf("actions %s, want %s", got, want)
	}
	shownText := text(plan)
	for _, want := range []string{
		"hand over as ACCOUNTADMIN CREATE EXTERNAL ACCESS INTEGRATION", "hand over as ACCOUNTADMIN GRANT USAGE ON INTEGRATION ACCESS TO ROLE DEV",
		"waits for external access integration ACCESS",
	} {
		if !strings.Contains(shownText, want) {
			t.Errorf("plan lacks %q:\n%s", want, shownText)
		}
	}
	if !plan.Items[1].NeedsValue {
		t.Error("NeedsValue = false for a new secret, want true")
	}
}

// TestNewPlanForecasts checks that a privilege that a role is known to lack causes a warning only: the statement is
// sent, and the grant is prepared in case the account refuses it.
func TestNewPlanForecasts(t *testing.T) {
	secondary, inherited := privilegedAccount().Roles, privilegedAccount().Roles
	secondary.Privileges = map[snowflake.Name][]snowflake.Privilege{role("ADMIN"): {createSecret()}}
	secondary.Secondary = true
	all := createSecret()
	all.Object = snowflake.Name{}
	inherited.Privileges = map[snowflake.Name][]snowflake.Privilege{role("DEV"): {all}}
	none := privilegedAccount().Roles
	none.Privileges = nil
	unknown := none
	unknown.Known = nil
	for name, c := range map[string]struct {
		roles snowflake.Roles
		says  string
		fixes string
	}{
		"granted":                             {privilegedAccount().Roles, "", ""},
		"missing":                             {none, "may be refused: the role DEV lacks CREATE SECRET on the schema D.S", "GRANT CREATE SECRET ON SCHEMA D.S TO ROLE DEV"},
		"not known":                           {unknown, "", "GRANT CREATE SECRET ON SCHEMA D.S TO ROLE DEV"},
		"on every schema":                     {inherited, "", ""},
		"a secondary role does not create it": {secondary, "may be refused", "GRANT CREATE SECRET"},
	} {
		t.Run(name, func(t *testing.T) {
			account := privilegedAccount()
			account.Roles = c.roles
			item := snowflake.NewPlan(smallApp(), account, snowflake.PlanOptions{}).Items[1]
			if item.Action != snowflake.ActionCreate || len(item.Statements) == 0 {
				t.Errorf("action %s without statements, want create", item.Action)
			}
			if shownText := item.Reason.String(); (c.says == "") != (shownText == "") || !strings.Contains(shownText, c.says) {
				t.Errorf("reason %q, want %q", shownText, c.says)
			}
			fixes := ""
			for _, st := range item.Handover {
				fixes += st.SQL + ";"
			}
			if !strings.Contains(fixes, c.fixes) {
				t.Errorf("hand-over %q, want %q", fixes, c.fixes)
			}
		})
	}
}

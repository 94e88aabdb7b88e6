package snowflake_test

import (
	"fmt"
	"strings"
	"testing"

	"sleet/snowflake"
)

// planned are the objects of a small app, made by DEV, its integration by ADMIN.
func planned() []snowflake.Object {
	ref := func(kind snowflake.Kind, name string) snowflake.Ref { return snowflake.Ref{Kind: kind, Name: name} }
	list := func(name string, entries ...string) snowflake.Property {
		return snowflake.Property{
			Name: name, List: entries, IsList: true,
			SQL: func(_ string, l []string) string { return snowflake.List(l...) },
		}
	}
	secret := snowflake.Statement{
		SQL: "CREATE SECRET D.S.KEY SECRET_STRING = <secret:key>", Slots: []snowflake.Slot{{Placeholder: "<secret:key>", Key: "key"}},
	}
	value := snowflake.Statement{SQL: "ALTER SECRET D.S.KEY SET SECRET_STRING = <secret:key>", Slots: secret.Slots}
	return []snowflake.Object{
		{Ref: ref(snowflake.KindWarehouse, "WH"), Role: "DEV"},
		{
			Ref: ref(snowflake.KindSecret, "D.S.KEY"), Role: "DEV", Key: "key", Create: []snowflake.Statement{secret}, Value: &value,
			Needs: []snowflake.Privilege{{Name: "CREATE SECRET", On: "SCHEMA", Object: "D.S", Role: "DEV"}},
		},
		{
			Ref: ref(snowflake.KindIntegration, "ACCESS"), Role: "ADMIN",
			Create:     []snowflake.Statement{{SQL: "CREATE EXTERNAL ACCESS INTEGRATION ACCESS", Role: "ADMIN"}},
			Properties: []snowflake.Property{list("ALLOWED_AUTHENTICATION_SECRETS", "D.S.KEY")},
			Needs:      []snowflake.Privilege{{Name: "CREATE INTEGRATION", On: "ACCOUNT", Role: "ADMIN"}},
			Uses:       []snowflake.Ref{ref(snowflake.KindSecret, "D.S.KEY")},
		},
		{
			Ref: ref(snowflake.KindGrant, "USAGE ON INTEGRATION ACCESS TO DEV"), Role: "ADMIN",
			Create: []snowflake.Statement{{SQL: "GRANT USAGE ON INTEGRATION ACCESS TO ROLE DEV", Role: "ADMIN"}},
			Grant:  &snowflake.Privilege{Name: "USAGE", On: "INTEGRATION", Object: "ACCESS", Role: "DEV"},
			Uses:   []snowflake.Ref{ref(snowflake.KindIntegration, "ACCESS")},
		},
		{
			Ref: ref(snowflake.KindFunction, "D.S.GET()"), Role: "DEV", Replace: true,
			Create:     []snowflake.Statement{{SQL: "CREATE OR REPLACE SECURE FUNCTION D.S.GET()"}},
			Properties: []snowflake.Property{{Name: "BODY", Want: "return 1"}},
			Uses:       []snowflake.Ref{ref(snowflake.KindIntegration, "ACCESS")},
		},
		{
			Ref: ref(snowflake.KindStreamlit, `D.S."my app"`), Role: "DEV",
			Create: []snowflake.Statement{{SQL: "CREATE STREAMLIT"}, {SQL: "ADD LIVE VERSION"}},
			Properties: []snowflake.Property{
				{Name: "TITLE", Want: "Mine", SQL: func(v string, _ []string) string { return snowflake.Literal(v) }},
				{Name: "COMMENT", Want: "", SQL: func(v string, _ []string) string { return snowflake.Literal(v) }},
				list("SECRETS", "'key' = D.S.KEY"),
			},
			Uses: []snowflake.Ref{ref(snowflake.KindIntegration, "ACCESS")},
		},
	}
}

// signs gives a plan as a word an item.
func signs(p snowflake.Plan) string {
	words := make([]string, 0, len(p.Items))
	for _, i := range p.Items {
		words = append(words, string(i.Action))
	}
	return strings.Join(words, " ")
}

// rightful is an account where DEV may do its part and ADMIN is the person's too.
func rightful() snowflake.Account {
	return snowflake.Account{
		Found: map[snowflake.Ref]snowflake.Found{{Kind: snowflake.KindWarehouse, Name: "WH"}: {Presence: snowflake.Present}},
		Roles: snowflake.Roles{
			Current: "DEV", Available: []string{"DEV", "ADMIN"}, Known: map[string]bool{"DEV": true, "ADMIN": true, "PUBLIC": true},
			Granted: map[string][]string{"ADMIN": {"ACCOUNTADMIN"}},
			Privileges: map[string][]snowflake.Privilege{
				"DEV": {{Name: "CREATE SECRET", On: "SCHEMA", Object: "D.S", Role: "DEV"}},
			},
		},
	}
}

// whole is the account after the plan.
func whole() snowflake.Account {
	a := rightful()
	for _, x := range planned() {
		a.Found[x.Ref] = snowflake.Found{
			Presence: snowflake.Present, Owner: x.Role,
			Values: map[string]string{"TITLE": "Mine", "BODY": "\nreturn 1\n", "LIVE_VERSION": "snow://x"},
			Lists: map[string][]string{
				"ALLOWED_AUTHENTICATION_SECRETS": {"d.s.key", "D.S.OTHER"}, "SECRETS": {"'key' = D.S.KEY"},
			},
		}
	}
	a.Roles.Privileges["DEV"] = append(a.Roles.Privileges["DEV"],
		snowflake.Privilege{Name: "USAGE", On: "INTEGRATION", Object: "ACCESS", Role: "DEV"})
	return a
}

func TestNewPlan(t *testing.T) {
	given := snowflake.PlanOptions{Given: map[string]bool{"key": true}}
	app := snowflake.Ref{Kind: snowflake.KindStreamlit, Name: `D.S."my app"`}
	integration := snowflake.Ref{Kind: snowflake.KindIntegration, Name: "ACCESS"}
	function := snowflake.Ref{Kind: snowflake.KindFunction, Name: "D.S.GET()"}
	change := func(ref snowflake.Ref, f func(*snowflake.Found)) snowflake.Account {
		a := whole()
		found := a.Found[ref]
		f(&found)
		a.Found[ref] = found
		return a
	}
	for name, c := range map[string]struct {
		account snowflake.Account
		options snowflake.PlanOptions
		want    string
		// says are words of the items' changes, reasons, statements and hand-overs.
		says []string
	}{
		"nothing there":            {rightful(), given, "same create create create create create", []string{"ADD LIVE VERSION"}},
		"all there":                {whole(), snowflake.PlanOptions{}, "same same same same same same", nil},
		"a new value":              {whole(), given, "same alter same same same same", []string{"ALTER SECRET", "******"}},
		"no such thing":            {snowflake.Account{}, given, "cannot create create create create create", []string{"not there"}},
		"title":                    {change(app, func(f *snowflake.Found) { f.Values = map[string]string{"TITLE": "Old", "LIVE_VERSION": "x"} }), snowflake.PlanOptions{}, "same same same same same alter", []string{"SET\n  TITLE = 'Mine'", "TITLE Old Mine"}},
		"comment stays":            {change(app, func(f *snowflake.Found) { f.Values["COMMENT"] = "old" }), snowflake.PlanOptions{}, "same same same same same alter", []string{"COMMENT = ''"}},
		"no live version":          {change(app, func(f *snowflake.Found) { delete(f.Values, "LIVE_VERSION") }), snowflake.PlanOptions{}, "same same same same same alter", []string{"ADD LIVE VERSION"}},
		"lists are merged":         {change(app, func(f *snowflake.Found) { f.Lists = map[string][]string{"SECRETS": {"'other' = D.S.X"}} }), snowflake.PlanOptions{}, "same same same same same alter", []string{"SECRETS = ('other' = D.S.X, 'key' = D.S.KEY)"}},
		"other binding":            {change(app, func(f *snowflake.Found) { f.Lists = map[string][]string{"SECRETS": {"'key' = D.S.X"}} }), snowflake.PlanOptions{}, "same same same same same alter", []string{"SECRETS = ('key' = D.S.KEY)"}},
		"other body":               {change(function, func(f *snowflake.Found) { f.Values = map[string]string{"BODY": "return 2"} }), snowflake.PlanOptions{}, "same same same same alter same", []string{"CREATE OR REPLACE SECURE FUNCTION"}},
		"other owner":              {change(app, func(f *snowflake.Found) { f.Owner, f.Values = "X", map[string]string{"LIVE_VERSION": "x"} }), snowflake.PlanOptions{}, "same same same same same cannot", []string{"X owns it"}},
		"hidden":                   {change(app, func(f *snowflake.Found) { f.Presence = snowflake.Hidden }), snowflake.PlanOptions{}, "same same same same same cannot", []string{"exists"}},
		"another kind":             {change(app, func(f *snowflake.Found) { f.Kind = "table" }), snowflake.PlanOptions{}, "same same same same same cannot", []string{"a table has this name"}},
		"legacy app":               {change(app, func(f *snowflake.Found) { f.Values["ROOT_LOCATION"] = "@D.S.OLD" }), snowflake.PlanOptions{}, "same same same same same cannot", []string{"ROOT_LOCATION", "another name"}},
		"trial":                    {func() snowflake.Account { a := rightful(); a.Context.Trial = true; return a }(), given, "same create cannot cannot cannot cannot", []string{"trial account"}},
		"owner untold":             {change(integration, func(f *snowflake.Found) { f.Owner, f.Lists = "", nil }), snowflake.PlanOptions{}, "same same cannot same same same", []string{"--shared"}},
		"owner untold, made by us": {change(integration, func(f *snowflake.Found) { f.Owner, f.Lists = "", nil }), snowflake.PlanOptions{Made: map[snowflake.Ref]bool{integration: true}}, "same same alter same same same", nil},
		"shared": {change(integration, func(f *snowflake.Found) {
			f.Lists, f.Users = nil, []snowflake.Ref{{Kind: snowflake.KindStreamlit, Name: "D.S.OTHER"}}
		}), snowflake.PlanOptions{}, "same same cannot same same same", []string{"--shared"}},
		"shared, allowed": {change(integration, func(f *snowflake.Found) {
			f.Lists, f.Users = nil, []snowflake.Ref{{Kind: snowflake.KindStreamlit, Name: "D.S.OTHER"}}
		}), snowflake.PlanOptions{Shared: true}, "same same alter same same same", nil},
	} {
		t.Run(name, func(t *testing.T) {
			plan := snowflake.NewPlan(planned(), c.account, c.options)
			if got := signs(plan); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			said := text(plan)
			for _, want := range c.says {
				if !strings.Contains(said, want) {
					t.Errorf("it does not say %q:\n%s", want, said)
				}
			}
		})
	}
}

func text(p snowflake.Plan) string {
	var b strings.Builder
	for _, i := range p.Items {
		fmt.Fprintln(&b, i.Kind, i.Name, i.Reason, i.NeedsValue)
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

// TestNewPlanHandsOver holds what a person without privileges gets.
func TestNewPlanHandsOver(t *testing.T) {
	noAdmin := rightful()
	noAdmin.Roles.Available = []string{"DEV"}
	plan := snowflake.NewPlan(planned(), noAdmin, snowflake.PlanOptions{})
	if got, want := signs(plan), "same create cannot cannot cannot cannot"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	said := text(plan)
	for _, want := range []string{
		"hand over as ADMIN CREATE EXTERNAL ACCESS INTEGRATION", "hand over as ADMIN GRANT USAGE ON INTEGRATION", "waits for external access integration ACCESS",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if !plan.Items[1].NeedsValue {
		t.Error("the secret needs no value")
	}
	noRight := rightful()
	noRight.Roles.Privileges = nil
	plan = snowflake.NewPlan(planned(), noRight, snowflake.PlanOptions{})
	if said := text(plan); !strings.Contains(said, "GRANT CREATE SECRET ON SCHEMA D.S TO ROLE DEV") || plan.Items[1].Action != snowflake.ActionCannot {
		t.Errorf("the missing privilege is not handed over:\n%s", said)
	}
}

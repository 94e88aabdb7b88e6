package account

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake"
)

// TestOrder checks what can start when: everything without dependencies, and each other item once its dependencies have
// ended.
func TestOrder(t *testing.T) {
	t.Parallel()
	name := func(s string) snowflake.Name { return snowflake.StoredObject(s) }
	ref := func(kind snowflake.Kind, s string) snowflake.Ref { return snowflake.Ref{Kind: kind, Name: name(s)} }
	grant := func(on, object, role string) snowflake.Privilege {
		return snowflake.Privilege{Name: "USAGE", On: on, Object: name(object), Role: name(role)}
	}
	item := func(r snowflake.Ref, owner string, needs []snowflake.Privilege, uses ...snowflake.Ref) snowflake.Item {
		return snowflake.Item{Resource: snowflake.Resource{Ref: r, Owner: name(owner), Needs: needs, Uses: uses}, Action: snowflake.ActionCreate}
	}
	granted := func(p snowflake.Privilege, uses ...snowflake.Ref) snowflake.Item {
		return item(snowflake.Ref{Kind: snowflake.KindGrant, Grant: p}, "DEV", nil, uses...)
	}
	secret, stage, upload := ref(snowflake.KindSecret, "S"), ref(snowflake.KindStage, "STAGE"), ref(snowflake.KindUpload, "STAGE")
	integration, app := ref(snowflake.KindIntegration, "I"), ref(snowflake.KindStreamlit, "A")
	ofSecret, ofIntegration := grant("SECRET", "S", "ADMIN"), grant("INTEGRATION", "I", "DEV")
	items := []snowflake.Item{
		0: item(stage, "DEV", nil),
		1: item(secret, "DEV", nil),
		2: granted(ofSecret, secret),
		3: granted(grant("DATABASE", "D", "ADMIN")),
		4: item(integration, "ADMIN", []snowflake.Privilege{ofSecret}, secret),
		5: granted(ofIntegration, integration),
		6: item(upload, "DEV", nil, stage),
		7: item(app, "DEV", []snowflake.Privilege{ofIntegration}, upload, integration),
		8: granted(grant("STREAMLIT", "A", "PUBLIC"), app),
	}
	o := newOrder(items)
	var rounds [][]int
	for {
		var round []int
		for i, ok := o.next(); ok; i, ok = o.next() {
			round = append(round, i)
		}
		if round == nil {
			break
		}
		for _, i := range round {
			o.over[i] = true
		}
		rounds = append(rounds, round)
	}
	want := [][]int{{0, 1, 3}, {2, 6}, {4}, {5}, {7}, {8}}
	if diff := cmp.Diff(want, rounds); diff != "" {
		t.Errorf("the rounds differ (-want +got):\n%s", diff)
	}
}

// TestStoppedAtWhatIsOpen checks the description of a run that ended while several statements were running.
func TestStoppedAtWhatIsOpen(t *testing.T) {
	t.Parallel()
	a, b := snowflake.Ref{Kind: snowflake.KindStage, Name: snowflake.StoredObject("A")}, snowflake.Ref{Kind: snowflake.KindSecret, Name: snowflake.StoredObject("B")}
	for name, c := range map[string]struct {
		entries []Entry
		at      snowflake.Ref
		open    bool
	}{
		"both open":           {[]Entry{{Event: EventStart, Ref: a}, {Event: EventStart, Ref: b}}, b, true},
		"the second answered": {[]Entry{{Event: EventStart, Ref: a}, {Event: EventStart, Ref: b}, {Event: EventDone, Ref: b}}, a, true},
		"the first failed":    {[]Entry{{Event: EventStart, Ref: a}, {Event: EventStart, Ref: b}, {Event: EventFailed, Ref: a}}, b, true},
		"all answered":        {[]Entry{{Event: EventStart, Ref: a}, {Event: EventStart, Ref: b}, {Event: EventDone, Ref: b}, {Event: EventDone, Ref: a}}, a, false},
		"no answer to it":     {[]Entry{{Event: EventStart, Ref: a}, {Event: EventFailed, Ref: a, Uncertain: true}}, a, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ReadHistory(append([]Entry{{Event: EventPlan}}, c.entries...)).Stopped
			if got == nil || got.At != c.at && c.open || got.Open != c.open {
				t.Errorf("the run stopped at %+v, want %v, open %t", got, c.at, c.open)
			}
		})
	}
}

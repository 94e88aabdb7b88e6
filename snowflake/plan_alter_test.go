package snowflake_test

import (
	"strings"
	"testing"

	"sleet/snowflake"
)

// TestNewPlanAlters checks what a plan changes on an app that exists. The app binds the secret KEY of the key "key", unless
// its SECRETS are other ones.
func TestNewPlanAlters(t *testing.T) {
	t.Parallel()
	const warehouseRuntime, containerRuntime = "SYSTEM$WAREHOUSE_RUNTIME", "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11"
	app, rule, key := ref(snowflake.KindStreamlit, "D.S.APP"), ref(snowflake.KindNetworkRule, "D.S.RULE"), ref(snowflake.KindSecret, "D.S.KEY")
	reader := ref(snowflake.KindFunction, "D.S.GET_OLD")
	of := func(x snowflake.Ref, key string, properties ...snowflake.Property) snowflake.Resource {
		return snowflake.Resource{Ref: x, Owner: role("DEV"), Managed: true, Key: key, Properties: properties}
	}
	runtime := func(name string) snowflake.Property {
		return snowflake.Property{Name: "RUNTIME_NAME", Value: snowflake.TextValue(name)}
	}
	anyPool := snowflake.Property{Name: "COMPUTE_POOL", Value: snowflake.NameValue(snowflake.Name{})}
	secrets := func(entries ...snowflake.Entry) snowflake.Property {
		return snowflake.Property{Name: "SECRETS", Value: snowflake.ListValue(entries)}
	}
	hosts := func(list ...string) snowflake.Property {
		return snowflake.Property{Name: "VALUE_LIST", Value: snowflake.TextsValue(list...)}
	}
	scopes := snowflake.Property{Name: "OAUTH_SCOPES", Value: snowflake.TextsValue("read"), Whole: true}
	deployed := func(values map[string]string, lists map[string]string) snowflake.Observed {
		found := snowflake.Observed{Presence: snowflake.Present, Owner: role("DEV"), Values: map[string]string{"LIVE_VERSION": "x"}, Lists: map[string][]snowflake.Entry{}}
		for name, value := range values {
			found.Values[name] = value
		}
		for name, list := range lists {
			found.Lists[name] = snowflake.ShownList(list)
		}
		return found
	}
	texts := func(name string, list ...string) snowflake.Observed {
		found := deployed(nil, nil)
		found.Lists[name] = snowflake.ShownTexts(strings.Join(list, ","))
		return found
	}
	for name, c := range map[string]struct {
		desired []snowflake.Resource
		found   map[snowflake.Ref]snowflake.Observed
		options snowflake.PlanOptions
		// pool is the account's default compute pool.
		pool string
		want string
	}{
		"the account's pool": {
			desired: []snowflake.Resource{of(app, "", runtime(containerRuntime), anyPool)},
			found:   map[snowflake.Ref]snowflake.Observed{app: deployed(map[string]string{"RUNTIME_NAME": containerRuntime, "COMPUTE_POOL": "POOL"}, nil)},
		},
		"back to the warehouse": {
			desired: []snowflake.Resource{of(app, "", runtime(warehouseRuntime), anyPool)},
			found:   map[snowflake.Ref]snowflake.Observed{app: deployed(map[string]string{"RUNTIME_NAME": containerRuntime, "COMPUTE_POOL": "POOL"}, nil)},
			pool:    "OTHER",
			want:    "ALTER STREAMLIT D.S.APP UNSET ARTIFACT_REPOSITORIES; ALTER STREAMLIT D.S.APP SET RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'",
		},
		"to a container of the account's pool": {
			desired: []snowflake.Resource{of(app, "", runtime(containerRuntime), anyPool)},
			found:   map[snowflake.Ref]snowflake.Observed{app: deployed(map[string]string{"RUNTIME_NAME": warehouseRuntime}, map[string]string{"ARTIFACT_REPOSITORIES": "[]"})},
			pool:    "POOL",
			want:    "ALTER STREAMLIT D.S.APP SET RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11' COMPUTE_POOL = POOL",
		},
		"a secret that a function reads now": {
			desired: []snowflake.Resource{of(key, "key"), of(app, "", runtime(containerRuntime), secrets())},
			found: map[snowflake.Ref]snowflake.Observed{
				key: deployed(nil, nil), app: deployed(map[string]string{"RUNTIME_NAME": warehouseRuntime}, map[string]string{"SECRETS": `{"key":"D.S.KEY"}`, "ARTIFACT_REPOSITORIES": "[]"}),
			},
			want: "ALTER STREAMLIT D.S.APP UNSET SECRETS; ALTER STREAMLIT D.S.APP SET RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'",
		},
		"a secret of others": {
			desired: []snowflake.Resource{of(key, "key"), of(app, "", secrets())},
			found:   map[snowflake.Ref]snowflake.Observed{key: deployed(nil, nil), app: deployed(nil, map[string]string{"SECRETS": `{"other":"D.S.KEY"}`})},
		},
		"scopes": {
			desired: []snowflake.Resource{of(key, "key", scopes)},
			found:   map[snowflake.Ref]snowflake.Observed{key: texts("OAUTH_SCOPES", "read", "write")},
			want:    "ALTER SECRET D.S.KEY SET OAUTH_SCOPES = ('read')",
		},
		"a host less": {
			desired: []snowflake.Resource{of(rule, "", hosts("a.example.com"))},
			found:   map[snowflake.Ref]snowflake.Observed{rule: texts("VALUE_LIST", "a.example.com", "b.example.com")},
			options: snowflake.PlanOptions{Set: map[snowflake.Ref]snowflake.PropertyHashes{rule: of(rule, "", hosts("a.example.com", "b.example.com")).PropertyHashes()}},
			want:    "ALTER NETWORK RULE D.S.RULE SET VALUE_LIST = ('a.example.com')",
		},
		"a host that others added": {
			desired: []snowflake.Resource{of(rule, "", hosts("a.example.com"))},
			found:   map[snowflake.Ref]snowflake.Observed{rule: texts("VALUE_LIST", "a.example.com", "b.example.com")},
			options: snowflake.PlanOptions{Set: map[snowflake.Ref]snowflake.PropertyHashes{rule: of(rule, "", hosts("a.example.com")).PropertyHashes()}},
		},
		"a rule that a function of an earlier run uses": {
			desired: []snowflake.Resource{of(rule, "", hosts("a.example.com"))},
			found: map[snowflake.Ref]snowflake.Observed{rule: func() snowflake.Observed {
				found := texts("VALUE_LIST", "b.example.com")
				found.Users = []snowflake.Ref{reader}
				return found
			}()},
			options: snowflake.PlanOptions{Created: map[snowflake.Ref]bool{rule: true, reader: true}},
			want:    "ALTER NETWORK RULE D.S.RULE SET VALUE_LIST = ('b.example.com', 'a.example.com')",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			account := snowflake.Account{Found: c.found, Parameters: map[string]string{"DEFAULT_STREAMLIT_COMPUTE_POOL": c.pool}}
			plan := snowflake.NewPlan(snowflake.DesiredResources{List: c.desired}, account, c.options)
			var got []string
			for _, item := range plan.Items {
				for _, st := range item.Statements {
					got = append(got, strings.Join(strings.Fields(st.SQL), " "))
				}
			}
			if all := strings.Join(got, "; "); all != c.want {
				t.Errorf("statements\n%s\nwant\n%s", all, c.want)
			}
		})
	}
}

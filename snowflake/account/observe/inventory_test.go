package observe_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sleet/snowflake/account/observe"
	"sleet/snowflake/account/query"
	"sleet/snowflake/snowflaketest"
)

// crowd answers SHOW like an account with many objects: at most 10,000 rows, an error for schemas without LIMIT, and
// FROM as a prefix of the first name.
type crowd struct {
	mu        sync.Mutex
	sent      []string
	databases map[string][]string
	roles     []string
}

var paging = regexp.MustCompile(`^(.*?)(?: LIMIT (\d+)(?: FROM '(.*)')?)?$`)

func (c *crowd) Query(_ context.Context, sql string) (query.Rows, error) {
	c.mu.Lock()
	c.sent = append(c.sent, sql)
	c.mu.Unlock()
	m := paging.FindStringSubmatch(sql)
	var all [][2]string // database, name
	switch show := m[1]; {
	case show == "SHOW ROLES":
		for _, r := range c.roles {
			all = append(all, [2]string{"", r})
		}
	case show == "SHOW DATABASES":
		for d := range c.databases {
			all = append(all, [2]string{"", d})
		}
	case strings.HasPrefix(show, "SHOW SCHEMAS"):
		for d, schemas := range c.databases {
			if name, ok := strings.CutPrefix(show, "SHOW SCHEMAS IN DATABASE "); ok && name != d {
				continue
			}
			for _, s := range schemas {
				all = append(all, [2]string{d, s})
			}
		}
	case show == "SHOW SECRETS IN ACCOUNT":
		return query.Rows{}, &query.Failure{Code: 3001, Text: "Insufficient privileges"}
	}
	slices.SortFunc(all, func(a, b [2]string) int { return strings.Compare(a[0]+"\x00"+a[1], b[0]+"\x00"+b[1]) })
	if from := m[3]; from != "" {
		at := slices.IndexFunc(all, func(n [2]string) bool { return strings.HasPrefix(n[1], from) })
		all = all[at+1:]
	}
	limit := 10_000
	if m[2] != "" {
		limit, _ = strconv.Atoi(m[2])
	} else if len(all) > limit && strings.HasPrefix(sql, "SHOW SCHEMAS") {
		return query.Rows{}, errors.New("the result set is too large")
	}
	rows := query.Rows{Columns: []string{"created_on", "name", "database_name"}}
	for _, n := range all[:min(limit, len(all))] {
		rows.Values = append(rows.Values, []*string{nil, &n[1], &n[0]})
	}
	return rows, nil
}

func TestInventoryPages(t *testing.T) {
	t.Parallel()
	c := &crowd{databases: map[string][]string{}}
	schemas, small := 0, 0
	for i, n := range []int{12_500, 20, 10_000} {
		name := fmt.Sprintf("DB%d", i)
		c.databases[name] = []string{"PUBLIC"}
		for j := range n - 1 {
			c.databases[name] = append(c.databases[name], fmt.Sprintf("S%05d", j))
		}
		schemas += n
	}
	for i := range 10_000 {
		c.roles = append(c.roles, fmt.Sprintf("R%05d", i))
	}
	listings := map[string]observe.Listing{}
	if err := observe.Inventory(t.Context(), c, func(l observe.Listing) { listings[l.Kind] = l }); err != nil {
		t.Fatal(err)
	}
	if n := len(listings["SCHEMA"].Names); n != schemas || !listings["SCHEMA"].Note.IsZero() {
		t.Errorf("%d schemas are listed (%s), want %d", n, listings["SCHEMA"].Note, schemas)
	}
	unique := map[string]bool{}
	for _, name := range listings["SCHEMA"].Names {
		if unique[name] {
			t.Fatalf("%s is listed twice", name)
		}
		unique[name] = true
		if strings.HasSuffix(name, ".PUBLIC") {
			small++
		}
	}
	if small != 3 {
		t.Errorf("%d schemas are called PUBLIC, want one in each of 3 databases", small)
	}
	if n := len(listings["ROLE"].Names); n != 10_000 {
		t.Errorf("%d roles are listed, want 10,000", n)
	}
	if l := listings["SECRET"]; l.Note.String() != "Insufficient privileges" || len(l.Names) != 0 {
		t.Errorf("a refused SHOW is listed as %+v", l)
	}
	if len(listings) != 10 {
		t.Errorf("%d kinds are listed, want 10", len(listings))
	}
}

func TestInventoryStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := observe.Inventory(ctx, &crowd{}, func(l observe.Listing) { t.Errorf("%s came after the end", l.Kind) })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Inventory gives %v", err)
	}
}

func TestInventoryOfAnAccount(t *testing.T) {
	t.Parallel()
	a := snowflaketest.Serve(t)
	listings := map[string]observe.Listing{}
	if err := observe.Inventory(t.Context(), connected(t, a), func(l observe.Listing) { listings[l.Kind] = l }); err != nil {
		t.Fatal(err)
	}
	for kind, name := range map[string]string{
		"ROLE": "DEV", "WAREHOUSE": "COMPUTE_WH", "COMPUTE POOL": "SYSTEM_COMPUTE_POOL_CPU",
		"DATABASE": "APPS", "SCHEMA": "APPS.PUBLIC",
	} {
		if l := listings[kind]; !slices.Contains(l.Names, name) {
			t.Errorf("%s lists %q (%s), want %s among them", kind, l.Names, l.Note, name)
		}
	}
}

package stage

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/snowflake/account/query"
)

// TestWithin checks the path of a file from a name in LIST, whose form depends on the location.
func TestWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		target, name, want string
		ok                 bool
	}{
		{"@D.S.FILES/app/", "files/app/pages/one.py", "pages/one.py", true},
		{"@D.S.FILES/app/", "files/apple/one.py", "", false},
		{"@D.S.FILES/", "files/one.py", "one.py", true},
		{"snow://streamlit/D.S.APP/versions/live/", "/versions/live/one.py", "one.py", true},
		{"snow://streamlit/D.S.APP/versions/live/", "versions/live/pages/one.py", "pages/one.py", true},
		{"snow://streamlit/D.S.APP/versions/live/", "/versions/last/one.py", "", false},
	} {
		if got, ok := PathBelow(c.target, c.name); ok != c.ok || ok && got != c.want {
			t.Errorf("Within(%q, %q) = %q, %t; want %q, %t", c.target, c.name, got, ok, c.want, c.ok)
		}
	}
}

// shows answers every LIST with the same rows.
type shows struct{ query.Rows }

func (s shows) Query(context.Context, string) (query.Rows, error) { return s.Rows, nil }

// TestList checks the files in a LIST result. Files elsewhere on the stage are ignored.
func TestList(t *testing.T) {
	t.Parallel()
	row := func(values ...string) []*string {
		var row []*string
		for _, v := range values {
			row = append(row, &v)
		}
		return row
	}
	rows := query.Rows{Columns: []string{"name", "size", "md5"}, Values: [][]*string{
		row("files/app/a.py", "12", "ABC"), row("files/app/b.py", "", ""), row("files/other/c.py", "1", "d"),
	}}
	got, err := List(t.Context(), shows{rows}, "@D.S.FILES/app")
	want := map[string]ListedFile{"a.py": {MD5: "abc", Size: 12}, "b.py": {}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

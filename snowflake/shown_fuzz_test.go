package snowflake

import (
	"encoding/json"
	"testing"
)

// FuzzShown parses arbitrary lists, names and privilege objects of an account. A parsed name must survive a round trip
// through SQL.
func FuzzShown(f *testing.F) {
	for _, text := range []string{
		`["A","B"]`, `{"k":"DB.S.N"}`, "[A, B]", `(KEY = DB."s x".N, 'other' = N)`, "ALL", "NONE", "[", "{", "(", "[]", `"`, `DB.S.F()`, `A."b""c"`,
		`"F(A)"(VARCHAR)`, "[\n]", ".", "a..b", "…",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_ = ShownTexts(text)
		for _, e := range append(ShownList(text), Entry{Name: ShownName(text)}) {
			sql := e.Name.SQL()
			if back, err := ParseName(sql); err == nil && sql != "" && back.SQL() != sql {
				t.Errorf("%q is parsed as %#v, but its SQL %s as %#v", text, e.Name, sql, back)
			}
		}
		for _, on := range []string{OnAccount, OnDatabase, OnSchema, OnDatabaseRole, "TABLE"} {
			_ = ShownOn(on, text)
		}
		var n Name
		_ = json.Unmarshal([]byte(text), &n)
	})
}

package session

import (
	"net/http"
	"strings"
	"testing"

	"sleet/snowflake"
)

// FuzzAnswer checks that no answer of an account causes a panic, and that the driver only gets answers that it can
// process: rows as wide as the columns, and files with one name in memory.
func FuzzAnswer(f *testing.F) {
	for _, text := range []string{
		`{"data":{"rowtype":[{}],"rowset":[["a"],[null]],"chunks":[{"url":"http://h/c","uncompressedSize":5}]},"success":true}`,
		`{"data":{"command":"UPLOAD","src_locations":["/sleet-no-such-folder/a"],"parallel":4,"stageInfo":{"locationType":"S3"}},"success":true}`,
		`{"data":{"command":"DOWNLOAD","src_locations":["a"],"presignedUrls":["u"],"parallel":99,"stageInfo":{"locationType":"GCS"}}}`,
		`{"data":{"sessionInfo":{"roleName":"DEV"},"parameters":[{"name":"CLIENT_SESSION_KEEP_ALIVE","value":true}]},"success":true}`,
		`{"data":null}`, `[]`, `{`, "\x1f\x8b", `["a","b"],["c","d"]`, `{"data":{"rowset":[1]}}`, `{"data":{"parallel":-1}}`,
	} {
		for i := range 4 {
			f.Add([]byte(text), i)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, kind int) {
		at := []string{"/queries/v1/query-request", loginPath, "/monitoring/queries/x", "/queries/x/result"}[uint(kind)%4]
		way := []transfer{"", upload, download}[uint(kind)%3]
		tr := &transport{bounds: usualBounds, started: func(snowflake.Context) {}}
		r, err := http.NewRequestWithContext(withTransfer(t.Context(), way), http.MethodPost, "http://h"+at, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		failed := tr.check(r.Context(), at, data)
		tr.opened(at, data)
		if tame := withoutGoroutines(r, data); at == loginPath && strings.Contains(string(tame), keepAlive) && way != download {
			// A name with escapes is equal only for json.Unmarshal and not the driver's parameter.
			if strings.Contains(string(tame), `"`+keepAlive+`"`) {
				t.Errorf("the driver's heartbeat is left in %s", tame)
			}
		}
		_ = failed
		if rows, err := checkChunk(data, 2, 1<<20); err == nil && len(rows) > 1<<20 {
			t.Errorf("a part of %d bytes is let through", len(rows))
		}
	})
}

package snowflaketest

import (
	"net/http"
	"testing"
)

// TestLocalOnly checks that a web page cannot use a local account through a name that resolves to it.
func TestLocalOnly(t *testing.T) {
	account := Serve(t)
	for _, tt := range []struct {
		host, origin string
		refused      bool
	}{
		{account.Addr(), "", false},
		{"localhost:80", "", false},
		{"[::1]:80", "", false},
		{"127.0.0.1", "", false},
		{"rebound.example.com", "", true},
		{"127.0.0.1.example.com:80", "", true},
		{account.Addr(), "https://example.com", true},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, account.URL()+"/session/v1/login-request", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = tt.host
		if tt.origin != "" {
			r.Header.Set("Origin", tt.origin)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if refused := resp.StatusCode == http.StatusForbidden; refused != tt.refused {
			t.Errorf("host %s, origin %q: status %s", tt.host, tt.origin, resp.Status)
		}
	}
}

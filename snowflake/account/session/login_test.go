package session_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/session"
)

// TestLoginRequest checks the login request: it must have the parameters that turn off the driver's
// telemetry and heartbeat, and nothing else from the profile.
func TestLoginRequest(t *testing.T) {
	t.Parallel()
	bodies := make(chan string, 10)
	stub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body io.Reader = r.Body
		if r.Header.Get("Content-Encoding") == "gzip" {
			body, _ = gzip.NewReader(r.Body)
		}
		text, _ := io.ReadAll(body)
		bodies <- r.URL.String() + "\n" + string(text)
		_, _ = io.WriteString(w, `{"success":false,"code":"390100","message":"Incorrect username or password was specified.","data":{}}`)
	}))
	defer stub.Close()
	p := profileAt(strings.TrimPrefix(stub.URL, "http://"))
	p.Passphrase, p.PrivateKeyFile = snowflake.NewSecret("the-pass-phrase"), "/keys/key.p8"
	if _, err := session.Open(t.Context(), p, nil, session.Options{Application: "sleet"}); err == nil {
		t.Fatal("the stub lets nobody in")
	}
	close(bodies)
	var all []string
	for b := range bodies {
		all = append(all, b)
	}
	if len(all) != 1 {
		t.Fatalf("%d requests were sent, want the log-in alone:\n%s", len(all), strings.Join(all, "\n"))
	}
	if strings.Contains(all[0], "pass-phrase") || strings.Contains(all[0], "key.p8") {
		t.Errorf("the log-in tells of the key:\n%s", all[0])
	}
	var sent struct {
		Data struct {
			Application string         `json:"CLIENT_APP_ID"`
			Parameters  map[string]any `json:"SESSION_PARAMETERS"`
		} `json:"data"`
	}
	if _, body, _ := strings.Cut(all[0], "\n"); json.Unmarshal([]byte(body), &sent) != nil {
		t.Fatalf("the log-in is %s", body)
	}
	for name, want := range map[string]string{"CLIENT_SESSION_KEEP_ALIVE": "<nil>", "CLIENT_TELEMETRY_ENABLED": "false"} {
		if got := fmt.Sprint(sent.Data.Parameters[name]); got != want {
			t.Errorf("%s is sent as %s, want %s", name, got, want)
		}
	}
	for _, name := range []string{"CLIENT_STORE_TEMPORARY_CREDENTIAL", "CLIENT_REQUEST_MFA_TOKEN"} {
		if fmt.Sprint(sent.Data.Parameters[name]) == "true" {
			t.Errorf("%s asks for a token that the driver would write to the disk", name)
		}
	}
}

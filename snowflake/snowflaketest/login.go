package snowflaketest

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"sleet/snowflake/snowflaketest/engine"
)

// login is one login: its tokens and the session that they open.
type login struct {
	id             int
	token, master  string
	expired, ended bool // expired: the session token; ended: the master token as well
	user           *User
	session        *engine.Session
}

type loginRequest struct {
	Data struct {
		ClientAppID   string         `json:"CLIENT_APP_ID"`
		LoginName     string         `json:"LOGIN_NAME"`
		Password      string         `json:"PASSWORD"`
		Authenticator string         `json:"AUTHENTICATOR"`
		Token         string         `json:"TOKEN"`
		Passcode      string         `json:"PASSCODE"`
		ProofKey      string         `json:"PROOF_KEY"`
		RedirectPort  string         `json:"BROWSER_MODE_REDIRECT_PORT"`
		Parameters    map[string]any `json:"SESSION_PARAMETERS"`
	} `json:"data"`
}

// logIn opens a session, or returns the error code of an account.
func (a *Account) logIn(r *http.Request, body []byte) reply {
	var request loginRequest
	if err := json.Unmarshal(body, &request); err != nil {
		return failure("390000", "The log-in request cannot be read.", nil)
	}
	query := r.URL.Query()
	a.mu.Lock()
	defer a.mu.Unlock()
	opened := LogIn{
		User: request.Data.LoginName, Authenticator: request.Data.Authenticator, Role: query.Get("roleName"),
		Parameters: request.Data.Parameters,
	}
	answer := a.open(&request, query)
	if answer.Code != nil {
		opened.Code = *answer.Code
	}
	a.opened = append(a.opened, opened)
	return answer
}

// open authenticates a user and opens a session. The caller holds the lock.
func (a *Account) open(request *loginRequest, query url.Values) reply {
	user, only, refusal := a.authenticate(request)
	if refusal != nil {
		return *refusal
	}
	role := cmp.Or(query.Get("roleName"), only, user.Role)
	if only != "" && engine.StoredName(role) != engine.StoredName(only) {
		return failure("390189", "Role '"+role+"' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login using another role.", nil)
	}
	s, err := a.engine.LogIn(user.Name, role, only, engine.Place{
		Database: cmp.Or(query.Get("databaseName"), user.Database), Schema: cmp.Or(query.Get("schemaName"), user.Schema),
		Warehouse: cmp.Or(query.Get("warehouse"), user.Warehouse),
	})
	if err != nil {
		return failure(fmt.Sprintf("%06d", err.Code), err.Message, nil)
	}
	at := s.Where()
	a.serial++
	l := &login{id: a.serial, token: random(), master: random(), user: user, session: s}
	a.logins[l.token], a.masters[l.master] = l, l
	return success(map[string]any{
		"token": l.token, "masterToken": l.master, "validityInSeconds": 3600, "masterValidityInSeconds": 14400,
		"displayUserName": user.Name, "serverVersion": serverVersion, "firstLogin": false, "remMeToken": nil,
		"remMeValidityInSeconds": 0, "healthCheckInterval": 45, "newClientForUpgrade": nil,
		"sessionId": l.id, "parameters": parameters(), "idToken": nil, "idTokenValidityInSeconds": 0,
		"sessionInfo": map[string]any{
			"databaseName": nullable(at.Database), "schemaName": nullable(at.Schema), "warehouseName": nullable(at.Warehouse),
			"roleName": at.Role,
		},
	})
}

// renew returns a new session token for a master token.
func (a *Account) renew(r *http.Request) reply {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a.masters[tokenOf(r)]
	if l == nil || l.ended {
		return failure("390114", "Authentication token has expired.  The user must authenticate again.", nil)
	}
	delete(a.logins, l.token)
	l.token, l.expired = random(), false
	a.logins[l.token] = l
	return success(map[string]any{
		"sessionToken": l.token, "validityInSecondsST": 3600, "masterToken": l.master, "validityInSecondsMT": 14400,
		"sessionId": l.id,
	})
}

// logOut ends a session.
func (a *Account) logOut(r *http.Request) reply {
	a.mu.Lock()
	defer a.mu.Unlock()
	if l := a.logins[tokenOf(r)]; l != nil {
		delete(a.logins, l.token)
		delete(a.masters, l.master)
	}
	return success(nil)
}

// loginOf returns the login of a request.
func (a *Account) loginOf(r *http.Request) (*login, *reply) {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a.logins[tokenOf(r)]
	var refusal reply
	switch {
	case l == nil:
		refusal = failure("390104", "Invalid session token.", nil)
	case l.ended:
		refusal = failure("390114", "Authentication token has expired.  The user must authenticate again.", nil)
	case l.expired:
		refusal = failure("390112", "Your session has expired. Please login again.", nil)
	default:
		return l, nil
	}
	return nil, &refusal
}

// ExpireSessions expires all session tokens. A client renews its token with the master token, unless masters is set:
// then it must log in again.
func (a *Account) ExpireSessions(masters bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, l := range a.logins {
		l.expired, l.ended = true, masters
	}
}

// tokenOf returns the token from Authorization: Snowflake Token="…".
func tokenOf(r *http.Request) string {
	_, rest, _ := strings.Cut(r.Header.Get("Authorization"), `Token="`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

func random() string {
	raw := make([]byte, 24)
	_, _ = rand.Read(raw) // never fails
	return hex.EncodeToString(raw)
}

func nullable(text string) any {
	if text == "" {
		return nil
	}
	return text
}

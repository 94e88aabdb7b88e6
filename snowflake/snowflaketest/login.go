package snowflaketest

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// login is one log-in: the tokens that a client has, and the session that they open.
type login struct {
	id             int
	token, master  string
	expired, ended bool // expired: the session token; ended: the master token as well
	user           *User
	session        *session
}

// locks is how many wrong log-ins in a row lock a user out.
const locks = 5

type loginRequest struct {
	Data struct {
		ClientAppID   string         `json:"CLIENT_APP_ID"`
		LoginName     string         `json:"LOGIN_NAME"`
		Password      string         `json:"PASSWORD"`
		Authenticator string         `json:"AUTHENTICATOR"`
		Token         string         `json:"TOKEN"`
		Passcode      string         `json:"PASSCODE"`
		Parameters    map[string]any `json:"SESSION_PARAMETERS"`
	} `json:"data"`
}

// logIn opens a session, or refuses with the codes that an account has for it.
func (a *Account) logIn(r *http.Request, body []byte) reply {
	var request loginRequest
	if err := json.Unmarshal(body, &request); err != nil {
		return no("390000", "The log-in request cannot be read.", nil)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	user, refusal := a.authenticate(&request)
	if refusal != nil {
		return *refusal
	}
	query := r.URL.Query()
	role := first(query.Get("roleName"), user.TokenRole, user.Role)
	only := ""
	if strings.EqualFold(request.Data.Authenticator, "PROGRAMMATIC_ACCESS_TOKEN") {
		only = user.TokenRole
	}
	s, err := a.engine.logIn(user.Name, role, only, place{
		database: first(query.Get("databaseName"), user.Database), schema: first(query.Get("schemaName"), user.Schema),
		warehouse: first(query.Get("warehouse"), user.Warehouse),
	})
	if err != nil {
		return no(fmt.Sprintf("%06d", err.code), err.message, nil)
	}
	at := s.where()
	a.serial++
	l := &login{id: a.serial, token: random(), master: random(), user: user, session: s}
	a.logins[l.token], a.masters[l.master] = l, l
	return ok(map[string]any{
		"token": l.token, "masterToken": l.master, "validityInSeconds": 3600, "masterValidityInSeconds": 14400,
		"displayUserName": user.Name, "serverVersion": serverVersion, "firstLogin": false, "remMeToken": nil,
		"remMeValidityInSeconds": 0, "healthCheckInterval": 45, "newClientForUpgrade": nil,
		"sessionId": l.id, "parameters": parameters(), "idToken": nil, "idTokenValidityInSeconds": 0,
		"sessionInfo": map[string]any{
			"databaseName": nullable(at.database), "schemaName": nullable(at.schema), "warehouseName": nullable(at.warehouse),
			"roleName": at.role,
		},
	})
}

// authenticate finds the user of a request. The texts are short on purpose: an account does not
// say which of user and password is wrong.
func (a *Account) authenticate(request *loginRequest) (*User, *reply) {
	d := &request.Data
	refused := func(code, message string) (*User, *reply) {
		answer := no(code, message, map[string]any{"authnMethod": "USERNAME_PASSWORD"})
		return nil, &answer
	}
	user := a.users[strings.ToUpper(d.LoginName)]
	if strings.EqualFold(d.Authenticator, "OAUTH") || strings.EqualFold(d.Authenticator, "PROGRAMMATIC_ACCESS_TOKEN") {
		user = a.byToken(d.Token, strings.EqualFold(d.Authenticator, "OAUTH"))
	}
	switch method := strings.ToUpper(d.Authenticator); method {
	case "OAUTH":
		if user == nil {
			return refused("390303", "Invalid OAuth access token. ")
		}
	case "PROGRAMMATIC_ACCESS_TOKEN":
		if user == nil {
			return refused("394400", "Programmatic access token is invalid.")
		}
	case "SNOWFLAKE_JWT":
		var detail string
		if user, detail = a.checkKey(d.Token); detail != "" {
			return refused("390144", "JWT token is invalid. ["+detail+"]")
		}
	case "", "SNOWFLAKE", "USERNAME_PASSWORD_MFA":
		if user == nil || user.Password == "" {
			return refused("390100", "Incorrect username or password was specified.")
		}
		if user.wrong >= locks {
			return refused("390102", "Your user account has been temporarily locked due to too many failed attempts.")
		}
		password, passcode := d.Password, d.Passcode
		if passcode == "" && user.Passcode != "" {
			password, passcode = strings.TrimSuffix(password, user.Passcode), password[len(strings.TrimSuffix(password, user.Passcode)):]
		}
		if password != user.Password {
			user.wrong++
			return refused("390100", "Incorrect username or password was specified.")
		}
		if user.Passcode != "" && passcode != user.Passcode {
			return refused("390127", "Multi-factor authentication is required: the passcode is missing or wrong.")
		}
		user.wrong = 0
	default:
		return refused("390104", "The authenticator "+method+" is not set up for this account.")
	}
	return user, nil
}

// byToken finds the user of a token.
func (a *Account) byToken(token string, oauth bool) *User {
	for _, u := range a.users {
		if token != "" && ((oauth && u.OAuth == token) || (!oauth && u.Token == token)) {
			return u
		}
	}
	return nil
}

// renew gives a new session token for a master token.
func (a *Account) renew(r *http.Request, body []byte) reply {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a.masters[tokenOf(r)]
	if l == nil || l.ended {
		return no("390114", "Authentication token has expired.  The user must authenticate again.", nil)
	}
	delete(a.logins, l.token)
	l.token, l.expired = random(), false
	a.logins[l.token] = l
	_ = body
	return ok(map[string]any{
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
	return ok(nil)
}

// who gives the log-in of a request.
func (a *Account) who(r *http.Request) (*login, *reply) {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a.logins[tokenOf(r)]
	var refusal reply
	switch {
	case l == nil:
		refusal = no("390104", "Invalid session token.", nil)
	case l.ended:
		refusal = no("390114", "Authentication token has expired.  The user must authenticate again.", nil)
	case l.expired:
		refusal = no("390112", "Your session has expired. Please login again.", nil)
	default:
		return l, nil
	}
	return nil, &refusal
}

// ExpireSessions lets every session token expire. A client renews it with its master token,
// unless that has ended as well: then it must log in again.
func (a *Account) ExpireSessions(masters bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, l := range a.logins {
		l.expired, l.ended = true, masters
	}
}

// tokenOf reads Authorization: Snowflake Token="…".
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

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func nullable(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// serverVersion is what the account says of itself.
const serverVersion = "10.40.0"

// parameters are those that clients read at the log-in.
func parameters() []map[string]any {
	zone := time.UTC.String()
	values := []struct {
		name  string
		value any
	}{
		{"TIMEZONE", zone},
		{"CLIENT_SESSION_KEEP_ALIVE", false},
		{"CLIENT_RESULT_CHUNK_SIZE", 160},
		{"CLIENT_PREFETCH_THREADS", 4},
		{"CLIENT_TELEMETRY_ENABLED", false},
		{"QUERY_RESULT_FORMAT", "JSON"},
		{"GO_QUERY_RESULT_FORMAT", "JSON"},
		{"PYTHON_CONNECTOR_QUERY_RESULT_FORMAT", "JSON"},
		{"AUTOCOMMIT", true},
		{"DATE_OUTPUT_FORMAT", "YYYY-MM-DD"},
		{"TIME_OUTPUT_FORMAT", "HH24:MI:SS"},
		{"TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM"},
		{"TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3"},
		{"TIMESTAMP_LTZ_OUTPUT_FORMAT", ""},
		{"TIMESTAMP_TZ_OUTPUT_FORMAT", ""},
		{"BINARY_OUTPUT_FORMAT", "HEX"},
		{"SERVICE_NAME", ""},
		{"ENABLE_STAGE_S3_PRIVATELINK_FOR_US_EAST_1", false},
	}
	list := make([]map[string]any, 0, len(values))
	for _, v := range values {
		list = append(list, map[string]any{"name": v.name, "value": v.value})
	}
	return list
}

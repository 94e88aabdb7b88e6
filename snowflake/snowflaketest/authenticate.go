package snowflaketest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// maxFailures is the number of consecutive failed logins that lock a user out.
const maxFailures = 5

// The authenticators, as drivers name them.
const (
	byOAuth   = "OAUTH"
	byToken   = "PROGRAMMATIC_ACCESS_TOKEN"
	byKey     = "SNOWFLAKE_JWT"
	byBrowser = "EXTERNALBROWSER"
)

// authenticate returns the user of a request and, for a restricted token, its only role. The messages are vague on
// purpose: an account does not report whether the user or the password is wrong.
func (a *Account) authenticate(request *loginRequest) (user *User, only string, refusal *reply) {
	d := &request.Data
	var code, msg string
	switch method := strings.ToUpper(d.Authenticator); method {
	case byOAuth:
		if user = a.holder(d.LoginName, d.Token, func(u *User) string { return u.OAuth }); user == nil {
			code = "390303"
			msg = refusals[390303]
		}
	case byToken:
		if user = a.holder(d.LoginName, d.Token, func(u *User) string { return u.Token }); user == nil {
			code, msg = "394400", refusals[394400]
		} else {
			only = user.TokenRole
		}
	case byKey:
		if user, msg = a.checkKey(d.Token); msg != "" {
			code, msg = "390144", "JWT token is invalid. ["+msg+"]"
		}
	case byBrowser:
		b, known := a.browsers[d.Token]
		delete(a.browsers, d.Token) // valid once
		if user = a.users[b.user]; !known || user == nil || b.proof != d.ProofKey {
			code, msg = "390191", "The SAML response is invalid or matching user is not found."
		}
	case "", "SNOWFLAKE", "USERNAME_PASSWORD_MFA":
		user, only, code, msg = a.checkPassword(d.LoginName, d.Password, d.Passcode)
	default:
		code, msg = "390104", "The authenticator "+method+" is not set up for this account."
	}
	if code != "" {
		answer := failure(code, msg, map[string]any{"authnMethod": "USERNAME_PASSWORD"})
		return nil, "", &answer
	}
	return user, only, nil
}

// checkPassword checks a password, with a passcode appended or in its own field if the user has a second factor. A
// programmatic access token is valid as a password.
func (a *Account) checkPassword(name, password, passcode string) (user *User, only, code, msg string) {
	user = a.users[strings.ToUpper(name)]
	switch {
	case user != nil && user.Token != "" && user.Token == password:
		return user, user.TokenRole, "", ""
	case user == nil || user.Password == "":
		return nil, "", "390100", refusals[390100]
	case user.failures >= maxFailures:
		return nil, "", "390102", refusals[390102]
	}
	if passcode == "" && user.Passcode != "" && strings.HasSuffix(password, user.Passcode) {
		password, passcode = strings.TrimSuffix(password, user.Passcode), user.Passcode
	}
	if password != user.Password {
		user.failures++
		return nil, "", "390100", refusals[390100]
	}
	if user.Passcode != "" && passcode != user.Passcode {
		return nil, "", "390127", "Multi-factor authentication is required: the passcode is missing or wrong."
	}
	user.failures = 0
	return user, "", "", ""
}

// holder returns the user of a token. If the request names a user, it must be that one.
func (a *Account) holder(name, token string, of func(*User) string) *User {
	for stored, u := range a.users {
		if token != "" && of(u) == token && (name == "" || strings.ToUpper(name) == stored) {
			return u
		}
	}
	return nil
}

// browser is a user signed on in a browser, for one login.
type browser struct{ user, proof string }

// browse returns the page where the user's browser signs on. This server signs it on without asking.
func (a *Account) browse(body []byte) reply {
	var request loginRequest
	if err := json.Unmarshal(body, &request); err != nil {
		return failure("390000", "The request cannot be read.", nil)
	}
	d, proof := request.Data, random()
	where := url.Values{"login_name": {d.LoginName}, "browser_mode_redirect_port": {d.RedirectPort}, "proof_key": {proof}}
	return success(map[string]any{"ssoUrl": a.URL() + "/sso?" + where.Encode(), "proofKey": proof, "tokenUrl": nil})
}

// signOn redirects a browser to the client that waits on a local port. A client that created the proof itself opens
// this page directly.
func (a *Account) signOn(w http.ResponseWriter, r *http.Request) {
	query, token := r.URL.Query(), random()
	a.mu.Lock()
	a.browsers[token] = browser{strings.ToUpper(query.Get("login_name")), query.Get("proof_key")}
	a.mu.Unlock()
	back := url.URL{Scheme: "http", Host: "localhost:" + url.PathEscape(query.Get("browser_mode_redirect_port")), Path: "/", RawQuery: "token=" + token}
	http.Redirect(w, r, back.String(), http.StatusFound)
}

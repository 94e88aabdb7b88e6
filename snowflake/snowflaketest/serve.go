package snowflaketest

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// reply is the envelope of every answer of the protocol.
type reply struct {
	Data    any     `json:"data"`
	Message *string `json:"message"`
	Code    *string `json:"code"`
	Success bool    `json:"success"`
}

func success(data any) reply { return reply{Data: data, Success: true} }

func failure(code, msg string, data any) reply {
	return reply{Data: data, Code: &code, Message: &msg}
}

// serve counts a request, applies its fault and routes it.
func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if strings.HasPrefix(path, "/files/") {
		path = "/files"
	}
	a.mu.Lock()
	a.requests[path]++
	a.mu.Unlock()
	f := a.faultFor(path, atPath)
	if f == nil {
		a.route(w, r)
		return
	}
	if f.onPath(w, r) {
		return
	}
	h := &bufferedResponse{header: http.Header{}, status: http.StatusOK}
	a.route(h, r)
	f.answer(w, h, path)
}

// route answers a driver's request. The paths are the ones that Snowflake's own clients use.
func (a *Account) route(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/files/") {
		a.serveFile(w, r)
		return
	}
	body, err := readBody(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	path := r.URL.Path
	switch {
	case path == "/session/v1/login-request":
		send(w, a.logIn(r, body))
	case path == "/session/authenticator-request":
		send(w, a.browse(body))
	case path == "/sso", path == "/console/login":
		a.signOn(w, r)
	case path == "/session/token-request":
		send(w, a.renew(r))
	case path == "/session" && r.URL.Query().Get("delete") == "true":
		send(w, a.logOut(r))
	case path == "/session/heartbeat":
		_, refusal := a.loginOf(r)
		send(w, orElse(refusal, success(nil)))
	case path == "/queries/v1/query-request":
		a.query(w, r, body)
	case path == "/queries/v1/abort-request":
		send(w, a.abort(r, body))
	case strings.HasPrefix(path, "/queries/") && strings.HasSuffix(path, "/result"):
		a.result(w, r, strings.TrimSuffix(strings.TrimPrefix(path, "/queries/"), "/result"))
	case strings.HasPrefix(path, "/monitoring/queries/"):
		send(w, a.monitor(r, strings.TrimPrefix(path, "/monitoring/queries/")))
	case strings.HasPrefix(path, "/telemetry/"):
		send(w, success("Log Received"))
	default:
		http.NotFound(w, r)
	}
}

// readBody reads a body that may be compressed.
func readBody(r *http.Request) ([]byte, error) {
	var from io.Reader = http.MaxBytesReader(nil, r.Body, 64<<20)
	if r.Header.Get("Content-Encoding") == "gzip" {
		packed, err := gzip.NewReader(from)
		if err != nil {
			return nil, errors.New("the body is not gzip")
		}
		from = packed
	}
	body, err := io.ReadAll(from)
	if err != nil {
		return nil, errors.New("the body cannot be read")
	}
	return body, nil
}

func send(w http.ResponseWriter, v reply) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	_ = json.NewEncoder(w).Encode(v)
}

// orElse returns the refusal if there is one.
func orElse(refusal *reply, otherwise reply) reply {
	if refusal != nil {
		return *refusal
	}
	return otherwise
}

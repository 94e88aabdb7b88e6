package snowflaketest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/engine"
	"sleet/snowflake/snowflaketest/grammar"
)

// answer is the result of a query. A repeated request, and a request for the result of an earlier query, get the same
// one.
type answer struct {
	id, requestID, sql string
	done               chan struct{}
	reply              reply
	cancel             context.CancelFunc
}

type queryRequest struct {
	SQL      string `json:"sqlText"`
	Async    bool   `json:"asyncExec"`
	Describe bool   `json:"describeOnly"`
	Bindings map[string]struct {
		Type  string `json:"type"`
		Value any    `json:"value"`
	} `json:"bindings"`
}

// codeRunning and codeAsync tell a client to poll.
const (
	codeRunning = "333333"
	codeAsync   = "333334"
)

// query runs a statement, once per request id.
func (a *Account) query(w http.ResponseWriter, r *http.Request, body []byte) {
	l, refusal := a.loginOf(r)
	if refusal != nil {
		send(w, *refusal)
		return
	}
	var request queryRequest
	if err := json.Unmarshal(body, &request); err != nil {
		http.Error(w, "the query cannot be read", http.StatusBadRequest)
		return
	}
	recordStatement(r, request.SQL)
	fault := a.faultFor(request.SQL, atStatement)
	if fault != nil && fault.before(a, w, r, l) {
		return
	}
	requestID := r.URL.Query().Get("requestId")
	a.mu.Lock()
	ans := a.results["request "+requestID]
	fresh := ans == nil || requestID == ""
	if fresh {
		a.serial++
		ans = &answer{
			id: queryID(a.serial), requestID: requestID, sql: request.SQL, done: make(chan struct{}),
		}
		a.results["request "+requestID], a.results[ans.id] = ans, ans
		a.sent = append(a.sent, Sent{SQL: request.SQL, User: l.user.Name, Role: l.session.Where().Role, RequestID: requestID})
		// The statement outlives its request: a client that loses the connection finds it completed.
		ctx, cancel := context.WithCancel(a.server.BaseContext(nil))
		ans.cancel = cancel
		go a.execute(ctx, l, ans, &request, len(a.sent)-1, fault)
	}
	a.mu.Unlock()
	if request.Async {
		send(w, failure(codeAsync, "Query execution in progress.", running(ans)))
		return
	}
	a.wait(w, r, ans, fault)
}

// wait answers when the statement is done, or tells the client to poll.
func (a *Account) wait(w http.ResponseWriter, r *http.Request, ans *answer, fault *Fault) {
	select {
	case <-ans.done:
		if fault != nil && fault.after(w) {
			return
		}
		send(w, ans.reply)
	case <-time.After(45 * time.Second):
		send(w, failure(codeRunning, "Query execution in progress.", running(ans)))
	case <-r.Context().Done():
	}
}

func running(ans *answer) map[string]any {
	return map[string]any{
		"queryId": ans.id, "getResultUrl": "/queries/" + ans.id + "/result", "queryAbortsAfterSecs": 300, "progressDesc": nil,
	}
}

// execute runs the statement and stores its answer.
func (a *Account) execute(ctx context.Context, l *login, ans *answer, request *queryRequest, sent int, fault *Fault) {
	defer close(ans.done)
	if fault != nil && fault.After != nil {
		defer fault.After(ans.sql)
	}
	var res *engine.Result
	err := &grammar.Error{Code: 604, State: "57014", Message: "SQL execution canceled"}
	switch {
	case !fault.delay(ctx):
	case fault != nil && fault.Kind == Refuse:
		err = &grammar.Error{Code: fault.Code, State: cmp.Or(fault.State, "42000"), Message: fault.text()}
	case request.Describe && !reads(ans.sql):
		res, err = &engine.Result{}, nil
	default:
		res, err = l.session.Run(ctx, ans.sql, binds(request))
	}
	if err != nil && fault != nil && fault.Kind == EchoError {
		err = &grammar.Error{Code: err.Code, State: err.State, Message: err.Message + ": " + ans.sql}
	}
	if fault != nil && fault.Kind == EchoError && err == nil {
		err = &grammar.Error{Code: 1003, State: "42000", Message: "SQL compilation error:\nsyntax error in statement: " + ans.sql}
	}
	if err != nil {
		ans.reply = failed(ans, err)
		a.mu.Lock()
		a.sent[sent].Code = err.Code
		a.mu.Unlock()
		return
	}
	if res.Put != nil {
		ans.reply = success(a.transfer(ans, res))
		return
	}
	ans.reply = success(rows(l, ans, res))
}

// reads reports whether a statement changes nothing. A client may ask for the columns of any statement, which must not
// run it.
func reads(sql string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(sql), " ")
	switch strings.ToUpper(word) {
	case "SELECT", "WITH", "SHOW", "DESC", "DESCRIBE", "LIST", "LS":
		return true
	default:
		return false
	}
}

// binds returns the values of the placeholders, in order.
func binds(request *queryRequest) []any {
	values := make([]any, 0, len(request.Bindings))
	for i := range len(request.Bindings) {
		values = append(values, request.Bindings[strconv.Itoa(i+1)].Value)
	}
	return values
}

func failed(ans *answer, err *grammar.Error) reply {
	return failure(fmt.Sprintf("%06d", err.Code), err.Message, map[string]any{
		"internalError": false, "errorCode": fmt.Sprintf("%06d", err.Code), "age": 0, "sqlState": err.State,
		"queryId": ans.id, "line": -1, "pos": -1, "type": "COMPILATION",
	})
}

// rows returns a result in the wire format: a table of texts.
func rows(l *login, ans *answer, res *engine.Result) map[string]any {
	types := make([]map[string]any, 0, len(res.Columns))
	for _, c := range res.Columns {
		t := map[string]any{
			"name": c.Name, "type": c.Type, "nullable": true, "database": "", "schema": "", "table": "",
			"precision": nil, "scale": nil, "length": nil, "byteLength": nil, "collation": nil,
		}
		switch c.Type {
		case "text":
			t["length"], t["byteLength"] = 16777216, 16777216
		case "fixed":
			t["precision"], t["scale"] = 38, 0
		case "timestamp_ltz":
			t["precision"], t["scale"] = 0, 3
		}
		types = append(types, t)
	}
	rowset := make([][]any, 0, len(res.Rows))
	for _, row := range res.Rows {
		out := make([]any, 0, len(row))
		for _, v := range row {
			out = append(out, wire(v))
		}
		rowset = append(rowset, out)
	}
	s := l.session.Where()
	return map[string]any{
		"parameters": parameters(), "rowtype": types, "rowset": rowset, "total": len(rowset), "returned": len(rowset),
		"queryId": ans.id, "databaseProvider": nil, "finalDatabaseName": nullable(s.Database), "finalSchemaName": nullable(s.Schema),
		"finalWarehouseName": nullable(s.Warehouse), "finalRoleName": s.Role, "numberOfBinds": 0, "arrayBindSupported": false,
		"statementTypeId": res.Kind, "version": 1, "sendResultTime": time.Now().UnixMilli(), "queryResultFormat": "json",
	}
}

// wire returns a value as in JSON results: text, or null.
func wire(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return v
	case bool:
		if v {
			return "1"
		}
		return "0"
	default:
		return fmt.Sprint(v)
	}
}

func queryID(n int) string { return fmt.Sprintf("01b0%04x-0000-%04x-0000-%012x", n>>16, n&0xffff, n) }

// abort cancels the statement of a request.
func (a *Account) abort(r *http.Request, body []byte) reply {
	if _, refusal := a.loginOf(r); refusal != nil {
		return *refusal
	}
	var request struct {
		RequestID string `json:"requestId"`
		SQL       string `json:"sqlText"`
	}
	_ = json.Unmarshal(body, &request) // an unreadable request aborts nothing
	a.mu.Lock()
	ans := a.results["request "+request.RequestID]
	a.mu.Unlock()
	if ans == nil {
		return failure("000605", "Identified SQL statement is not currently executing.", nil)
	}
	select {
	case <-ans.done:
		return failure("000605", "Identified SQL statement is not currently executing.", nil)
	default:
		ans.cancel()
		return success(nil)
	}
}

// result answers a client that polls.
func (a *Account) result(w http.ResponseWriter, r *http.Request, id string) {
	if _, refusal := a.loginOf(r); refusal != nil {
		send(w, *refusal)
		return
	}
	a.mu.Lock()
	ans := a.results[id]
	a.mu.Unlock()
	if ans == nil {
		send(w, failure("000709", "Statement "+id+" not found", nil))
		return
	}
	a.wait(w, r, ans, nil)
}

// monitor returns the status of a query.
func (a *Account) monitor(r *http.Request, id string) reply {
	if _, refusal := a.loginOf(r); refusal != nil {
		return *refusal
	}
	a.mu.Lock()
	ans := a.results[id]
	a.mu.Unlock()
	if ans == nil {
		return success(map[string]any{"queries": []any{}})
	}
	state := "RUNNING"
	select {
	case <-ans.done:
		if state = "SUCCESS"; !ans.reply.Success {
			state = "FAILED_WITH_ERROR"
		}
	default:
	}
	return success(map[string]any{"queries": []any{map[string]any{"id": id, "status": state, "state": state}}})
}

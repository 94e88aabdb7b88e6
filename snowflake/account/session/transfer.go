package session

import (
	"bytes"
	"context"
	"database/sql/driver"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"unsafe" // For go:linkname.

	"sleet/snowflake/account/query"

	sf "github.com/snowflakedb/gosnowflake/v2"
)

// The driver transfers files in a goroutine that does not recover: an unexpected answer of the account or its storage
// would end the process. So a PUT or GET is sent with a mark in front, which makes the driver treat it like any other
// statement, and the transfer runs here, where a panic becomes an error. Neither function is exported; they are linked
// by name, as in driver_checks.go.
//
//go:linkname driverExec github.com/snowflakedb/gosnowflake/v2.(*snowflakeConn).exec
func driverExec(conn unsafe.Pointer, ctx context.Context, statement string, noResult, isInternal, describeOnly bool, bindings []driver.NamedValue) (unsafe.Pointer, error) //nolint:revive // The driver's parameter order.

//go:linkname driverTransfer github.com/snowflakedb/gosnowflake/v2.(*snowflakeConn).processFileTransfer
func driverTransfer(conn unsafe.Pointer, ctx context.Context, answer unsafe.Pointer, statement string, isInternal bool) (unsafe.Pointer, error) //nolint:revive // As above.

// transferMark is the mark. The transport removes it.
const transferMark = "/*\n*/"

// A transfer is the direction of files according to the statement. The driver takes the direction and the file names
// from the answer: an account could make it read and write any file of this machine.
type transfer string

const (
	upload   transfer = "UPLOAD"
	download transfer = "DOWNLOAD"
)

type transferKey struct{}

// withTransfer returns a context for a PUT or GET.
func withTransfer(ctx context.Context, way transfer) context.Context {
	return context.WithValue(ctx, transferKey{}, way)
}

// transferOf returns the direction of a statement's files; empty if it has none.
func transferOf(ctx context.Context) transfer {
	way, _ := ctx.Value(transferKey{}).(transfer)
	return way
}

// withFile returns a context with which the driver transfers a file between memory and the account.
func withFile(ctx context.Context, file *query.Transfer) context.Context {
	if file.Content == nil {
		return sf.WithFileGetStream(withTransfer(ctx, download), file.Into)
	}
	return sf.WithFilePutStream(withTransfer(inOnePiece(ctx, file.Content), upload), file.Content)
}

// runTransfer runs PUT or GET. Cancelling the context aborts it.
func (c *Client) runTransfer(ctx context.Context, statement string) (query.Rows, error) {
	_, err := ask(ctx, c.host, query.Awaited(statement), func(ctx context.Context) (struct{}, error) {
		conn, err := c.db.Conn(ctx)
		if err != nil {
			return struct{}{}, err //nolint:wrapcheck // failureOf inspects the driver's error.
		}
		defer conn.Close() //nolint:errcheck // Returns the connection to the pool.
		return struct{}{}, conn.Raw(func(own any) error {
			driverConn := reflect.ValueOf(own).UnsafePointer()
			answer, err := driverExec(driverConn, ctx, transferMark+statement, false, false, false, nil)
			if err == nil {
				_, err = driverTransfer(driverConn, ctx, answer, statement, false)
			}
			return err
		})
	})
	if err != nil {
		return query.Rows{}, failureOf(err, "", c.host, c.scrub)
	}
	return query.Rows{}, nil
}

// unmarked prepares the request of a transfer: it removes the mark and asks for the answer that the driver needs. Other
// requests are unchanged. When the credentials of the storage expire, the driver sends the whole statement again from a
// goroutine of its own. That request is refused, and the caller sends the file again.
func unmarked(r *http.Request) (*http.Request, error) {
	if transferOf(r.Context()) == "" || r.Body == nil || !strings.HasPrefix(r.URL.Path, "/queries/v1/query-request") {
		return r, nil
	}
	out, err := edited(r, func(fields map[string]json.RawMessage) error {
		var statement string
		var sequence int
		if json.Unmarshal(fields["sqlText"], &statement) != nil || json.Unmarshal(fields["sequenceId"], &sequence) != nil {
			return unreadablef("the driver's request has no statement")
		}
		plain, marked := strings.CutPrefix(statement, transferMark)
		if !marked && sequence != 0 {
			return errExpired
		}
		var err error
		fields["sqlText"], err = json.Marshal(plain)
		return err //nolint:wrapcheck // The error of edited has context.
	})
	if err == nil {
		out.Header.Set("Accept", "application/json")
	}
	return out, err
}

// edited returns a request of the driver with its JSON body changed by edit.
func edited(r *http.Request, edit func(map[string]json.RawMessage) error) (*http.Request, error) {
	data, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	if err != nil {
		return nil, err //nolint:wrapcheck // failureOf explains it.
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err //nolint:wrapcheck // failureOf explains it.
	}
	if err := edit(fields); err != nil {
		return nil, err
	}
	if data, err = json.Marshal(fields); err != nil {
		return nil, err //nolint:wrapcheck // failureOf explains it.
	}
	out := r.Clone(r.Context())
	out.Body, out.ContentLength, out.GetBody = io.NopCloser(bytes.NewReader(data)), int64(len(data)), nil
	return out, nil
}

// inOnePiece returns a context in which a file is sent whole. From 64 MB on the driver would send parts, in goroutines
// of the storage clients. Also, S3's client allocates the size of a part for each small file; with the size of the file
// it allocates no more than that.
func inOnePiece(ctx context.Context, file io.Reader) context.Context {
	sized, ok := file.(interface{ Len() int })
	if !ok {
		return ctx
	}
	const room = 1 << 20 // Encryption adds some bytes.
	return sf.WithFileTransferOptions(ctx, &sf.SnowflakeFileTransferOptions{MultiPartThreshold: int64(sized.Len()) + room})
}

// errExpired means that the storage refuses the credentials of the account.
var errExpired = &answerError{"the storage refuses the credentials that it came with"}

// oneAtATime returns the answer to a GET changed to fetch one part of a file at a time: the driver fetches several in
// goroutines of its own.
func oneAtATime(answer []byte) []byte {
	var fields, data map[string]json.RawMessage
	if json.Unmarshal(answer, &fields) != nil || json.Unmarshal(fields["data"], &data) != nil || data["parallel"] == nil {
		return answer
	}
	data["parallel"] = json.RawMessage("1")
	whole, err := json.Marshal(data)
	if err != nil {
		return answer
	}
	fields["data"] = whole
	if whole, err = json.Marshal(fields); err != nil {
		return answer
	}
	return whole
}

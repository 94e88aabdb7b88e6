package query

import (
	"bytes"
	"context"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"sleet/snowflake"
)

// Transfer is the file that PUT or GET moves between memory and the account. A Querier finds it in the context of the statement.
type Transfer struct {
	// Content is what PUT sends, Into where GET puts what it fetches; one of them is nil.
	Content io.Reader
	Into    io.Writer
}

type transferKey struct{}

// TransferOf returns the transfer of a statement; nil where it has none.
func TransferOf(ctx context.Context) *Transfer {
	t, _ := ctx.Value(transferKey{}).(*Transfer)
	return t
}

// File is a file to send to a stage.
type File struct {
	// Name is the file's own name, Folder where it goes: @STAGE/dir, or snow://… as the account
	// gave it.
	Name, Folder string
	Content      io.Reader
}

// NoFolder is the folder that PUT names. No machine has it, so that the driver, which looks for the file there and would take its size
// from it, finds none and sends what is in memory.
const NoFolder = "/sleet-no-such-folder/"

// Put sends a file from memory to a place on a stage, uncompressed, over what is there.
// https://docs.snowflake.com/en/sql-reference/sql/put
func Put(ctx context.Context, q Querier, file File) (Rows, error) {
	local := snowflake.Literal("file://" + NoFolder + path.Base(file.Name))
	folder := strings.TrimRight(file.Folder, "/") + "/"
	if !plainStage().MatchString(folder) {
		folder = snowflake.Literal(folder)
	}
	ctx = context.WithValue(ctx, transferKey{}, &Transfer{Content: file.Content})
	return q.Query(ctx, "PUT "+local+" "+folder+" AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
}

// plainStage is a place on a stage that PUT takes without quotes; servers that stand in for an
// account know it in no other way.
var plainStage = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^@[A-Za-z0-9_.$/]+$`) })

// Get reads one file of a stage or of a version. GET takes all that begins with the path, so a pattern
// holds its end.
// https://docs.snowflake.com/en/sql-reference/sql/get
func Get(ctx context.Context, q Querier, from string) ([]byte, error) {
	var data bytes.Buffer
	// With a stream the driver writes nothing there, but wants a folder that exists.
	local := snowflake.Literal("file://" + filepath.ToSlash(os.TempDir()) + "/")
	pattern := snowflake.Literal(".*" + regexp.QuoteMeta(path.Base(from)))
	ctx = context.WithValue(ctx, transferKey{}, &Transfer{Into: &data})
	_, err := q.Query(ctx, "GET "+snowflake.Literal(from)+" "+local+" PATTERN = "+pattern)
	return data.Bytes(), err
}

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

// Transfer is the file of a PUT or GET, in memory. The context of the statement contains it.
type Transfer struct {
	// Content is what PUT uploads; Into is where GET writes. One of them is nil.
	Content io.Reader
	Into    io.Writer
}

type transferKey struct{}

// TransferOf returns the transfer of a statement; nil if there is none.
func TransferOf(ctx context.Context) *Transfer {
	t, _ := ctx.Value(transferKey{}).(*Transfer)
	return t
}

// WithoutTransfer returns a context for a statement that is no PUT or GET itself.
func WithoutTransfer(ctx context.Context) context.Context {
	return context.WithValue(ctx, transferKey{}, nil)
}

// File is a file to upload to a stage.
type File struct {
	// Name is the file name, Folder its destination: @STAGE/dir, or a snow:// location of the account.
	Name, Folder string
	Content      io.Reader
}

// NoFolder is the folder in a PUT. It exists on no machine: the driver looks for the file there, and would use its
// size.
const NoFolder = "/sleet-no-such-folder/"

// Put uploads a file from memory to a stage, uncompressed, and replaces an existing one.
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

// plainStage matches a stage location that PUT takes without quotes. Servers that emulate an account accept no other
// form.
var plainStage = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^@[A-Za-z0-9_.$/]+$`) })

// Get reads a file of a stage or of a version. GET takes a path as a prefix, so a pattern fixes its end.
// https://docs.snowflake.com/en/sql-reference/sql/get
func Get(ctx context.Context, q Querier, from string) ([]byte, error) {
	var data bytes.Buffer
	// With a stream the driver writes nothing there, but the folder must exist.
	local := snowflake.Literal("file://" + filepath.ToSlash(os.TempDir()) + "/")
	pattern := snowflake.Literal(".*" + regexp.QuoteMeta(path.Base(from)))
	ctx = context.WithValue(ctx, transferKey{}, &Transfer{Into: &data})
	_, err := q.Query(ctx, "GET "+snowflake.Literal(from)+" "+local+" PATTERN = "+pattern)
	return data.Bytes(), err
}

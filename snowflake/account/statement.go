package account

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"sync"

	sf "github.com/snowflakedb/gosnowflake/v2"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// run sends a statement and reads all of its result. Cancelling the context aborts it in the
// account.
func (c *Client) run(ctx context.Context, statement string) (Rows, error) {
	if transferOf(ctx) != "" {
		return c.runTransfer(ctx, statement)
	}
	ids := make(chan string, 1)
	result, err := ask(ctx, c.host, awaited(statement), func(ctx context.Context) (Rows, error) {
		rows, err := c.db.QueryContext(sf.WithQueryIDChan(ctx, ids), statement)
		if err != nil {
			return Rows{}, err //nolint:wrapcheck // failureOf reads the driver's error.
		}
		defer func() { _ = rows.Close() }()
		return c.read(rows)
	})
	id := ""
	select {
	case id = <-ids:
	default:
	}
	if err != nil {
		return Rows{}, failureOf(err, id, c.host, c.scrub)
	}
	result.QueryID = id
	return result, nil
}

// awaited is a statement in the two words that say what it does: what follows may hold a value.
func awaited(statement string) message.Message {
	words := strings.Fields(statement)
	return message.Verbatim(safely.Visible(strings.ToUpper(strings.Join(words[:min(len(words), 2)], " "))))
}

func (c *Client) read(rows *sql.Rows) (Rows, error) {
	columns, err := rows.Columns()
	if err != nil {
		return Rows{}, fmt.Errorf("read the columns of a result: %w", err)
	}
	result := Rows{Columns: columns}
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return Rows{}, fmt.Errorf("read a row of a result: %w", err)
		}
		row := make([]*string, len(columns))
		for i, v := range values {
			if v.Valid {
				row[i] = &values[i].String
			}
		}
		result.Values = append(result.Values, row)
	}
	if err := rows.Err(); err != nil {
		return Rows{}, fmt.Errorf("read a result: %w", err)
	}
	return result, nil
}

// Get returns the value of a column, named in any case, in a row; empty where there is none.
func (r Rows) Get(row int, column string) string {
	for i, name := range r.Columns {
		if strings.EqualFold(name, column) && r.Values[row][i] != nil {
			return *r.Values[row][i]
		}
	}
	return ""
}

// Has reports whether the result has a column.
func (r Rows) Has(column string) bool {
	for _, name := range r.Columns {
		if strings.EqualFold(name, column) {
			return true
		}
	}
	return false
}

// File is a file to send to a stage.
type File struct {
	// Name is the file's own name, Folder where it goes: @STAGE/dir, or snow://… as the account
	// gave it.
	Name, Folder string
	Content      io.Reader
}

// put sends a file from memory. The driver looks at the disk for the name that PUT gives, and
// would take the size from there, so the name is one that no disk has.
func (c *Client) put(ctx context.Context, file File) (Rows, error) {
	ctx = sf.WithFilePutStream(withTransfer(inOnePiece(ctx, file.Content), upload), file.Content)
	local := snowflake.Literal("file://" + nowhere + path.Base(file.Name))
	folder := strings.TrimRight(file.Folder, "/") + "/"
	if !plainStage().MatchString(folder) {
		folder = snowflake.Literal(folder)
	}
	return c.run(ctx, "PUT "+local+" "+folder+" AUTO_COMPRESS=FALSE OVERWRITE=TRUE")
}

// plainStage is a place on a stage that PUT takes without quotes; servers that stand in for an
// account know it in no other way.
var plainStage = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^@[A-Za-z0-9_.$/]+$`) })

package session

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// statementAnswer is the part of an answer that is checked. The driver indexes each row by the columns, divides the
// list of files by the number of parallel transfers, and takes the direction and the locations of a transfer from the
// answer, all in goroutines where a panic ends the process.
type statementAnswer struct {
	Data struct {
		RowType []json.RawMessage `json:"rowtype"`
		RowSet  []width           `json:"rowset"`
		Chunks  []struct {
			URL              string `json:"url"`
			UncompressedSize int64  `json:"uncompressedSize"`
		} `json:"chunks"`
		QueryResultFormat string   `json:"queryResultFormat"`
		Command           string   `json:"command"`
		SrcLocations      []string `json:"src_locations"`
		PresignedURLs     []string `json:"presignedUrls"`
		Parallel          int64    `json:"parallel"`
		StageInfo         struct {
			LocationType string `json:"locationType"`
		} `json:"stageInfo"`
	} `json:"data"`
}

// width is the number of values in a row.
type width int

// UnmarshalJSON counts the values.
func (w *width) UnmarshalJSON(row []byte) error {
	var cells []json.RawMessage
	if err := json.Unmarshal(row, &cells); err != nil {
		return err //nolint:wrapcheck // The error of check has context.
	}
	*w = width(len(cells))
	return nil
}

// check checks an answer of the account. The driver refuses one that is not JSON.
func (t *transport) check(ctx context.Context, at string, data []byte) error {
	if !strings.HasPrefix(at, "/queries/") && !strings.HasPrefix(at, "/monitoring/") {
		return nil
	}
	var a statementAnswer
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, &a); errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil // An answer that was cut off is asked for again.
	} else if err != nil {
		return unreadablef("its JSON has other types than an answer has")
	}
	columns := len(a.Data.RowType)
	for i, w := range a.Data.RowSet {
		if int(w) != columns {
			return unreadablef("row %d has %d values for %d columns", i+1, w, columns)
		}
	}
	left := t.body
	for _, chunk := range a.Data.Chunks {
		if left -= max(chunk.UncompressedSize, 0); left < 0 {
			return errTooBig
		}
		if u, err := url.Parse(chunk.URL); err == nil && !strings.EqualFold(a.Data.QueryResultFormat, "arrow") {
			t.chunks.Store(u.String(), columns)
		}
	}
	return a.transfer(transferOf(ctx))
}

// opened reads the context of the session from the answer to a login, so that nobody has to query it first.
func (t *transport) opened(at string, data []byte) {
	var answer struct {
		Data struct {
			Session struct {
				Database  string `json:"databaseName"`
				Schema    string `json:"schemaName"`
				Warehouse string `json:"warehouseName"`
				Role      string `json:"roleName"`
			} `json:"sessionInfo"`
		} `json:"data"`
		Success bool `json:"success"`
	}
	if at != loginPath || t.started == nil || json.Unmarshal(data, &answer) != nil || !answer.Success {
		return
	}
	s := answer.Data.Session
	t.started(snowflake.Context{Database: s.Database, Schema: s.Schema, Warehouse: s.Warehouse, Role: s.Role})
}

// mostParallel is the largest number of transfers that PUT and GET can ask for.
// https://docs.snowflake.com/en/sql-reference/sql/put
const mostParallel = 99

// transfer checks what an answer says about a file transfer. Files are only sent from and received into memory, so it
// must not name a place on this machine.
func (a *statementAnswer) transfer(way transfer) error {
	d := a.Data
	switch {
	case d.Command == "" && d.StageInfo.LocationType == "":
		return nil
	case transfer(strings.ToUpper(d.Command)) != way:
		return unreadablef("it asks for another transfer of files than the statement")
	case way == upload && !slices.ContainsFunc(d.SrcLocations, func(name string) bool {
		return strings.HasPrefix(path.Clean(filepath.ToSlash(name)), query.NoFolder)
	}):
		return unreadablef("it asks for another file than the statement")
	case d.Parallel < 0 || d.Parallel > mostParallel:
		return unreadablef("it asks for %d transfers at once", d.Parallel)
	case strings.EqualFold(d.StageInfo.LocationType, "LOCAL_FS"):
		return unreadablef("it names a folder of this machine as the stage")
	case !slices.Contains([]string{"S3", "AZURE", "GCS"}, d.StageInfo.LocationType): // The driver has no client for another spelling.
		return unreadablef("it names a storage that the driver does not know")
	case len(d.SrcLocations) > 1:
		return unreadablef("it names %d files for one", len(d.SrcLocations))
	case len(d.PresignedURLs) > 0 && len(d.PresignedURLs) < len(d.SrcLocations):
		return unreadablef("it has %d addresses for %d files", len(d.PresignedURLs), len(d.SrcLocations))
	}
	return nil
}

// checkChunk checks a part of a result, rows separated by commas. It decompresses the part, because the driver would
// without a limit.
func checkChunk(data []byte, columns int, most int64) ([]byte, error) {
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		zipped, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, unreadablef("a part of the result is not gzip")
		}
		if data, err = io.ReadAll(io.LimitReader(zipped, most+1)); err != nil {
			return nil, unreadablef("a part of the result is not gzip")
		}
		if int64(len(data)) > most {
			return nil, errTooBig
		}
	}
	var rows []width
	if err := json.Unmarshal(bytes.Join([][]byte{[]byte("["), data, []byte("]")}, nil), &rows); err != nil {
		return nil, unreadablef("a part of the result is not JSON")
	}
	for _, w := range rows {
		if int(w) != columns {
			return nil, unreadablef("a row has %d values for %d columns", w, columns)
		}
	}
	return data, nil
}

package observe

import (
	"context"
	"strings"
	"testing"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
)

// emptySession returns no rows for any statement.
type emptySession struct {
	query.Session

	facts query.Facts
}

func (s *emptySession) Query(context.Context, string) (query.Rows, error) { return query.Rows{}, nil }

func (s *emptySession) Send(_ context.Context, _ snowflake.Name, do func(query.Querier) (query.Rows, error)) (query.Rows, int, error) {
	rows, err := do(s)
	return rows, 1, err
}

func (s *emptySession) Facts() *query.Facts { return &s.facts }

// TestExamineWithoutRows checks the error if DESCRIBE returns no rows.
func TestExamineWithoutRows(t *testing.T) {
	t.Parallel()
	app := snowflake.Name{Database: "APPS", Schema: "PUBLIC", Object: "DEMO"}
	_, err := DescribeApp(t.Context(), &emptySession{}, app, snowflake.Name{})
	if err == nil || !strings.Contains(err.Error(), "DESCRIBE STREAMLIT returned no rows") {
		t.Errorf("DescribeApp() = %v", err)
	}
}

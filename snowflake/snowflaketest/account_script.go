package snowflaketest

import (
	"context"
	"fmt"

	"sleet/snowflake/snowflaketest/grammar"
)

// RunScript runs the statements of a script in one session of the user SLEET, beginning as a role, and
// stops at the first that is refused. No secondary roles are active.
func (a *Account) RunScript(role, script string) error {
	list, err := grammar.Statements(script)
	if err != nil {
		return err
	}
	s := a.engine.Session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH")
	s.Secondary = false
	for _, statement := range list {
		if _, err := s.Run(context.Background(), statement, nil); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

package snowflaketest

import (
	"context"
	"fmt"

	"sleet/snowflake/snowflaketest/grammar"
)

// RunScript runs the statements of a script in one session of the user SLEET, starting with a role, and stops at the
// first error. Secondary roles are off.
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

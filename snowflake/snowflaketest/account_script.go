package snowflaketest

import (
	"context"
	"fmt"
)

// RunScript runs the statements of a script in one session of the user SLEET, beginning as a role, and
// stops at the first that is refused. No secondary roles are active.
func (a *Account) RunScript(role, script string) error {
	list, err := statementsOf(script)
	if err != nil {
		return err
	}
	s := a.engine.session("SLEET", role, "APPS", "PUBLIC", "COMPUTE_WH")
	s.secondary = false
	for _, statement := range list {
		if _, err := s.run(context.Background(), statement, nil); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

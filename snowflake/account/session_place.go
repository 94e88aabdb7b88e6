package account

import (
	"strings"

	"sleet/snowflake"
)

const useRole = "USE ROLE "

// place is where a session was put by USE statements: the last of each kind, in the order in which
// they must run again.
type place struct{ roleAt, secondary, warehouse, database, schema string }

// see takes note of a statement that ran.
func (p *place) see(statement string) {
	words := strings.Fields(strings.ToUpper(statement))
	if len(words) < 2 || words[0] != "USE" {
		return
	}
	statement = strings.TrimRight(strings.TrimSpace(statement), ";")
	switch words[1] {
	case snowflake.OnRole:
		p.roleAt = statement
	case "SECONDARY":
		p.secondary = statement
	case "WAREHOUSE":
		p.warehouse = statement
	case "SCHEMA":
		p.schema = statement
	default: // USE DATABASE d, and USE d
		p.database, p.schema = statement, ""
	}
}

// statements put another session into the same place.
func (p *place) statements() []string {
	var list []string
	for _, s := range []string{p.roleAt, p.secondary, p.warehouse, p.database, p.schema} {
		if s != "" {
			list = append(list, s)
		}
	}
	return list
}

// role is the role as the session was told it; empty while it has the profile's.
func (p *place) role() string {
	if len(p.roleAt) < len(useRole) {
		return ""
	}
	return strings.TrimSpace(p.roleAt[len(useRole):])
}

// moved says whether the session stands elsewhere than a new one, of which the role is home, as
// the account stores it; empty where that is not known.
func (p *place) moved(home string) bool {
	elsewhere := *p
	if home != "" && p.roleAt != "" && snowflake.AccountObject(p.role()).Object == home {
		elsewhere.roleAt = ""
	}
	return elsewhere != place{}
}

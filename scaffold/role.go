package scaffold

import (
	"slices"
	"strings"

	"sleet/snowflake"
)

// systemRoles are the roles that every account has.
// https://docs.snowflake.com/en/user-guide/security-access-control-overview
const systemRoles = " ACCOUNTADMIN GLOBALORGADMIN ORGADMIN PUBLIC SECURITYADMIN SYSADMIN USERADMIN "

// SystemRole reports whether raw names a role that every account has.
func SystemRole(raw string) bool {
	stored, err := snowflake.Stored(raw)
	return err == nil && slices.Contains(strings.Fields(systemRoles), stored)
}

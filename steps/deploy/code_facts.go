package deploy

import (
	"path"
	"regexp"
	"sync"

	"sleet/scaffold/resources"
)

// contextFunction matches a call of a context function in SQL. In a container, the app's owner needs READ SESSION for
// it.
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/owners-rights
var contextFunction = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\bCURRENT_(USER|ROLE|AVAILABLE_ROLES|SECONDARY_ROLES|SESSION)\s*\(|\bIS_ROLE_IN_SESSION\s*\(`)
})

// factsOf returns what the code of an app requires of the account.
func factsOf(files map[string][]byte) resources.CodeFacts {
	var facts resources.CodeFacts
	for name, data := range files {
		if ext := path.Ext(name); ext == ".py" || ext == ".sql" {
			facts.ContextFunctions = facts.ContextFunctions || contextFunction().Match(data)
		}
	}
	return facts
}

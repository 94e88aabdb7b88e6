package snowflake

import "strings"

// ReservedWords returns the words that must be quoted to be a name, in upper case and sorted.
func ReservedWords() []string { return strings.Fields(reserved) }

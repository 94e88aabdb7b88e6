package account

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sleet/snowflake"
)

// entries reads a list or a map as DESCRIBE gives it: JSON, or names between brackets or bare,
// with commas between. An entry of a map becomes 'key' = name.
func entries(text string) []string {
	text = strings.TrimSpace(text)
	var list []string
	if json.Unmarshal([]byte(text), &list) == nil {
		return list
	}
	var table map[string]string
	if json.Unmarshal([]byte(text), &table) == nil {
		for key, name := range table {
			list = append(list, snowflake.Literal(key)+" = "+name)
		}
		slices.Sort(list)
		return list
	}
	text = strings.Trim(text, "[](){} ")
	if text == "" {
		return nil
	}
	for entry := range strings.SplitSeq(text, ",") {
		entry = strings.TrimSpace(entry)
		key, name, isMap := strings.Cut(entry, "=")
		if !isMap {
			list = append(list, strings.Trim(entry, "'"))
			continue
		}
		key, name = strings.Trim(strings.TrimSpace(key), `'"`), strings.TrimSpace(name)
		list = append(list, fmt.Sprintf("%s = %s", snowflake.Literal(key), name))
	}
	return list
}

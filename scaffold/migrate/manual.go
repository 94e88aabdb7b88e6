package migrate

import "bytes"

// ManualFile is the list of what is left to the person, beside the app.
const ManualFile = "MIGRATION.md"

// unticked gives a list with no box ticked.
func unticked(data []byte) []byte {
	for _, box := range []string{"- [x] ", "- [X] "} {
		data = bytes.ReplaceAll(data, []byte(box), []byte("- [ ] "))
	}
	return data
}

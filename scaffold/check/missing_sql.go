package check

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/scaffold"
	"sleet/scaffold/existing"
	"sleet/ui/message"
)

// sentManifest matches a statement that uploads or copies environment.yml.
// https://docs.snowflake.com/en/sql-reference/sql/put
// https://docs.snowflake.com/en/sql-reference/sql/copy-files
var sentManifest = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:put\s+'?file://|copy\s+files\b)[^;]*?\b(environment\.ya?ml)`)
})

// unsentManifest finds SQL that sends an environment.yml to a stage for a container app that has none: PUT stops at
// a file that is missing, and the app needs the file that is in its place.
func unsentManifest(a *App, o Options) []Finding {
	if o.Runtime != scaffold.Container || slices.ContainsFunc(a.Around, func(p string) bool { return path.Base(p) == existing.CondaManifest }) {
		return nil
	}
	var list []Finding
	for _, p := range a.Sorted() {
		if !strings.EqualFold(path.Ext(p), ".sql") {
			continue
		}
		for _, at := range sentManifest().FindAllSubmatchIndex(a.Files[p], -1) {
			line := bytes.TrimSpace(a.Files[p][bytes.LastIndexByte(a.Files[p][:at[2]], '\n')+1 : at[2]])
			if bytes.HasPrefix(line, []byte("--")) || bytes.HasPrefix(line, []byte("//")) {
				continue
			}
			name := string(a.Files[p][at[2]:at[3]])
			f := a.inText(p, at[2], at[3], name, message.New("finding.SL117.what.sent", "path", name))
			f.FixSaid = message.New("finding.SL117.fix.sent", "list", scaffold.Facts(o.Runtime).PackageFile)
			list = append(list, f)
		}
	}
	return list
}

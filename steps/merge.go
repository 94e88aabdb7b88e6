package steps

import (
	"crypto/sha256"
	"encoding/hex"

	"sleet/scaffold"
)

// merged joins the person's text of an edited file with the new one. That needs the text both
// were made from: the old answers give it again where its hash is the one that was kept. ok is
// false where there is no such text, or where both changed the same lines.
func merged(s State, c scaffold.Change) (text []byte, ok bool) {
	for _, old := range scaffold.Files(s.Folder.App) {
		if old.Path != c.Path {
			continue
		}
		sum := sha256.Sum256(old.Data)
		if hex.EncodeToString(sum[:]) != s.App.Written[c.Path] {
			return nil, false
		}
		return scaffold.Merge(old.Data, c.Old, c.New)
	}
	return nil, false
}

package deploy

import (
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
)

// UploadError says that nothing was sent, because a file of the app's folder holds what must not reach the stage.
type UploadError struct {
	Paths []string
	// Edited says that it is a secrets.toml that sleet did not write, which the person may allow.
	Edited bool

	id string
}

// Error names the files.
func (e *UploadError) Error() string { return e.Says().String() }

// Says returns the words.
func (e *UploadError) Says() snowflake.Text {
	return worded(e.id, "files", strings.Join(e.Paths, ", "))
}

// sendable returns the files to send, and those that are left out. What must not be there at all is an *UploadError.
func (a *accountDeployer) sendable(d Deployment) (scaffold.UploadFiles, error) {
	holds := func(data []byte) bool { return d.Values.in(data) || a.client.Holds(data) }
	up, err := scaffold.ReadUpload(d.App, d.Dir, d.ValuesFile, holds)
	switch {
	case err != nil:
		return up, failed(err, "live.files_unread")
	case len(up.Holding) > 0:
		return up, &UploadError{Paths: up.Holding, id: "live.file_holds_value"}
	case up.KeyInCode != "":
		return up, &UploadError{Paths: []string{up.KeyInCode}, id: "live.file_holds_key"}
	case up.EditedSecrets != "" && !d.SendSecretsFile:
		return up, &UploadError{Paths: []string{up.EditedSecrets}, Edited: true, id: "live.file_secrets_edited"}
	}
	return up, nil
}

// sending puts into an assessment what goes to the stage and what does not.
func (s *Assessment) sending(up scaffold.UploadFiles) {
	s.files = up.Files
	for _, w := range up.Withheld {
		s.withheld = append(s.withheld, w.Path)
		s.Withheld = append(s.Withheld, worded("live.withheld", "path", w.Path, "why", worded("live.withheld_"+string(w.Kind))))
	}
}

// in reports whether a text has one of the values. A user name is no secret by itself, and a date neither.
func (v SecretValues) in(data []byte) bool {
	for part, value := range v {
		if part.Field != "username" && !strings.HasSuffix(part.Field, "expiry") && value.In(data) {
			return true
		}
	}
	return false
}

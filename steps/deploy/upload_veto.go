package deploy

import (
	"slices"
	"strings"

	"sleet/scaffold/upload"
	"sleet/snowflake"
	"sleet/ui/message"
)

// UploadError reports that nothing was sent, because the app's folder has files with content that must not be uploaded.
type UploadError struct {
	Paths []string
	// Edited reports whether the only cause is a secrets.toml that sleet did not write, which the person may allow.
	Edited bool

	text message.Message
}

// Error returns the message in English.
func (e *UploadError) Error() string { return e.Message().String() }

// Message returns the message, which names the files.
func (e *UploadError) Message() message.Message { return e.text }

// vetoes are the reasons that stop an upload, in the order of the error.
var vetoes = []upload.Reason{
	upload.HoldsValue, upload.KeyInCode, upload.ValuesFile, upload.KeyFile, upload.ConnectionsFile, upload.AccountFile,
	upload.EnvironmentFile, upload.SecretValues, upload.EditedSecrets,
}

// vetoed returns the error for files that must not be sent, or nil. It ignores what the person allowed.
func vetoed(files []upload.Excluded, secretsAllowed bool) error {
	e := &UploadError{Edited: true}
	var texts []message.Message
	for _, why := range vetoes {
		paths := pathsOf(files, why)
		if len(paths) == 0 || why == upload.EditedSecrets && secretsAllowed {
			continue
		}
		e.Paths = append(e.Paths, paths...)
		e.Edited = e.Edited && why == upload.EditedSecrets
		texts = append(texts, vetoText(why, strings.Join(paths, ", ")))
	}
	if len(texts) == 0 {
		return nil
	}
	e.text = message.Join("\n", texts...)
	return e
}

// vetoText returns why files stop the upload, and what to do.
func vetoText(why upload.Reason, files string) message.Message {
	switch why {
	case upload.HoldsValue:
		return message.New("live.file_holds_value", "files", files)
	case upload.KeyInCode:
		return message.New("live.file_holds_key", "files", files)
	case upload.EditedSecrets:
		return message.New("live.file_secrets_edited", "files", files)
	case upload.SecretValues:
		return message.New("live.file_looks_secret", "files", files)
	default:
		return message.New("live.file_is_credential", "files", files, "why", message.New(message.ID("live.withheld_"+string(why))))
	}
}

// pathsOf returns the paths of the files left out for one reason.
func pathsOf(files []upload.Excluded, why upload.Reason) []string {
	var paths []string
	for _, f := range files {
		if f.Why == why {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// sendable returns the files to send and those that are left out. The error is an *UploadError for files that must not
// be in the folder.
func (a *accountDeployer) sendable(d Deployment) (upload.Files, error) {
	search := snowflake.NewSearch(append(d.Values.secret(), a.client.Credentials()...)...)
	holds := func(data []byte) bool { return search.In(snowflake.ReadingsOf(data)) }
	up, err := upload.Read(d.App, d.Dir, upload.Guard{ValuesFile: d.ValuesFile, Holds: holds})
	if err != nil {
		return up, message.Wrap(err, "live.files_unread")
	}
	for path, text := range d.Files {
		if upload.Uploads(d.App, path) {
			up.Files[path] = text
		}
	}
	for _, path := range d.Excluded {
		delete(up.Files, path)
	}
	return up, vetoed(up.Vetoed, d.SendSecretsFile)
}

// sending stores in the assessment which files are sent and which are not.
func (s *Assessment) sending(up upload.Files) {
	s.files = up.Files
	var reasons []upload.Reason
	for _, left := range up.Excluded {
		s.withheld = append(s.withheld, left.Path)
		if !slices.Contains(reasons, left.Why) {
			reasons = append(reasons, left.Why)
		}
	}
	for _, why := range reasons {
		files := folded(pathsOf(up.Excluded, why))
		s.Withheld = append(s.Withheld, message.New("live.withheld", "path", message.Join(", ", files...), "why", message.New(message.ID("live.withheld_"+string(why)))))
	}
}

// maxPerFolder is the maximum number of files of one folder that are listed individually.
const maxPerFolder = 5

// folded lists paths, replacing the files of a folder with many of them by the folder and their number. The paths are
// sorted.
func folded(paths []string) []message.Message {
	top := func(path string) string {
		folder, _, in := strings.Cut(path, "/")
		if !in {
			return ""
		}
		return folder
	}
	count, named := map[string]int{}, map[string]bool{}
	for _, path := range paths {
		count[top(path)]++
	}
	var list []message.Message
	for _, path := range paths {
		folder := top(path)
		switch {
		case folder == "" || count[folder] <= maxPerFolder:
			list = append(list, message.Verbatim(path))
		case !named[folder]:
			named[folder] = true
			list = append(list, message.New("live.withheld_folder", "folder", folder+"/", "files", count[folder]))
		}
	}
	return list
}

// secret returns the values that must stay secret. User names and expiry dates are not among them.
func (v SecretValues) secret() []snowflake.Secret {
	var secrets []snowflake.Secret
	for part, value := range v {
		if part.Field != "username" && !strings.HasSuffix(part.Field, "expiry") {
			secrets = append(secrets, value)
		}
	}
	return secrets
}

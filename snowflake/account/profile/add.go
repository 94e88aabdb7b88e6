package profile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Add appends a connection to the file that the Snowflake CLI reads, and returns its path: connections.toml if it
// exists, because it hides the connections of config.toml, and otherwise config.toml. It does not write the profile's
// secrets; they come from a prompt or the environment.
func Add(folder string, p Profile) (path string, err error) {
	if p.Name == "" || p.Account == "" {
		return "", message.NewError("failure.profile.add_incomplete")
	}
	path = filepath.Join(folder, "connections.toml")
	head := "[" + tomlKey(p.Name) + "]"
	under := false
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		path, under = filepath.Join(folder, "config.toml"), true
		head = "[connections." + tomlKey(p.Name) + "]"
	}
	before, err := safely.ReadFile(path, safely.MaxTextSize)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return path, message.Wrap(err, "failure.profile.add", "name", p.Name)
	}
	var tables map[string]any
	if safely.CheckTOML(before) != nil || toml.Unmarshal(bytes.TrimPrefix(before, []byte("\ufeff")), &tables) != nil {
		return path, message.NewError("failure.profile.add_not_toml", "name", p.Name, "path", path)
	}
	if under {
		tables, _ = tables["connections"].(map[string]any)
	}
	if _, taken := tables[p.Name]; taken {
		return path, message.NewError("failure.profile.add_exists", "path", path, "name", p.Name)
	}
	text := appendBlock(string(before), head+"\n"+p.lines())
	// Nothing can be appended to some valid TOML files, such as connections = { … } in one line.
	if err := toml.Unmarshal(bytes.TrimPrefix([]byte(text), []byte("\ufeff")), &tables); err != nil {
		return path, message.NewError("failure.profile.add_by_hand", "name", p.Name, "path", path, "lines", head+"\n"+p.lines())
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return path, message.Wrap(err, "failure.profile.folder")
	}
	return path, replaceFile(path, text)
}

// appendBlock returns a text with a block after a blank line, using the text's line endings.
func appendBlock(text, block string) string {
	end := "\n"
	if strings.Contains(text, "\r\n") {
		end = "\r\n"
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += end
	}
	if text != "" {
		text += end
	}
	return text + strings.ReplaceAll(block, "\n", end)
}

// lines returns the profile's keys as the Snowflake CLI writes them.
func (p Profile) lines() string {
	var b strings.Builder
	for _, f := range []struct{ key, value string }{
		{"account", p.Account},
		{keyUser, p.User},
		{"role", p.Role},
		{"warehouse", p.Warehouse},
		{"database", p.Database},
		{"schema", p.Schema},
		{"authenticator", p.Authenticator},
		{keyFile, p.PrivateKeyFile},
		{"token_file_path", p.TokenFile},
		{"host", p.Host},
		{"protocol", p.Protocol},
		{"region", p.Region},
		{"oauth_client_id", p.OAuthClientID},
		{"oauth_authorization_url", p.OAuthAuthorizationURL},
		{"oauth_token_request_url", p.OAuthTokenURL},
		{"oauth_redirect_uri", p.OAuthRedirect},
		{"oauth_scope", p.OAuthScope},
		{"workload_identity_provider", p.WorkloadProvider},
		{"workload_identity_entra_resource", p.WorkloadResource},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s = %s\n", f.key, tomlText(f.value))
		}
	}
	if p.Port != 0 {
		fmt.Fprintf(&b, "port = %d\n", p.Port)
	}
	return b.String()
}

// tomlKey returns a name as a TOML key, quoted if it is not bare.
func tomlKey(name string) string {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
		return name
	}
	return tomlText(name)
}

// tomlText returns a text as a TOML basic string.
func tomlText(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r < 0x20 || r == 0x7f:
			b.WriteString(`\u` + strings.Repeat("0", 4-len(strconv.FormatInt(int64(r), 16))) + strconv.FormatInt(int64(r), 16))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// replaceFile writes a file atomically, readable and writable by its owner only. If the path is a link, it replaces the
// file that the link points to.
func replaceFile(path, text string) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".sleet-*.tmp") // with the mode 0600
	if err != nil {
		return err //nolint:wrapcheck // It names the file.
	}
	_, err = temp.WriteString(text)
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

package profile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// method is an authenticator and the fields that it needs.
type method struct {
	name string
	// needs are the fields that a login requires.
	needs []string
	// browser reports whether the login opens a browser and so needs a person.
	browser bool
}

// methods are the supported authenticators.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
var methods = []method{
	{name: "SNOWFLAKE", needs: []string{keyUser}},
	{name: "USERNAME_PASSWORD_MFA", needs: []string{keyUser}},
	{name: "EXTERNALBROWSER", browser: true},
	{name: "SNOWFLAKE_JWT", needs: []string{keyUser, keyFile}},
	{name: "OAUTH", needs: []string{keyToken}},
	{name: "OAUTH_AUTHORIZATION_CODE", browser: true},
	{name: "OAUTH_CLIENT_CREDENTIALS", needs: []string{"oauth_client_id", "oauth_client_secret", "oauth_token_request_url"}},
	{name: "PROGRAMMATIC_ACCESS_TOKEN", needs: []string{keyToken}},
	{name: "WORKLOAD_IDENTITY", needs: []string{"workload_identity_provider"}},
}

// methodOf returns the method of an authenticator. An empty one is a password login; an https URL is an identity
// provider (Okta).
func methodOf(authenticator string) (method, bool) {
	name := strings.ToUpper(strings.TrimSpace(authenticator))
	if name == "" {
		name = "SNOWFLAKE"
	}
	if strings.HasPrefix(name, "HTTPS://") {
		return method{name: name, needs: []string{keyUser}}, true
	}
	i := slices.IndexFunc(methods, func(m method) bool { return m.name == name })
	if i < 0 {
		return method{}, false
	}
	return methods[i], true
}

// Method returns the authenticator's name, or the URL of an identity provider, in upper case.
func (p Profile) Method() string {
	m, _ := methodOf(p.Authenticator)
	return m.name
}

// OpensBrowser reports whether a login with the profile opens the person's browser.
func (p Profile) OpensBrowser() bool {
	m, _ := methodOf(p.Authenticator)
	return m.browser
}

// requirements returns the problems that keep the profile from being used.
func (p *Profile) requirements() []Problem {
	var list []Problem
	add := func(what, fix message.Message) {
		list = append(list, Problem{Message: message.New("failure.profile.at", "where", p.Location(), "what", what), Fix: fix, Fatal: true})
	}
	if !slices.Contains(p.given, "account") {
		add(message.New("failure.profile.no_account", "name", p.Name), message.New("failure.profile.no_account_fix"))
	}
	m, known := methodOf(p.Authenticator)
	if !known {
		add(message.New("failure.profile.authenticator"), message.New("failure.profile.authenticator_fix", "names", strings.ToLower(methodNames())))
		return list
	}
	for _, need := range m.needs {
		if !p.provides(need) {
			add(message.New("failure.profile.needs", "authenticator", strings.ToLower(m.name), "key", need), message.New("failure.profile.needs_fix", "key", need))
		}
	}
	if what, fatal := p.checkAccount(); !what.IsZero() {
		add(what, message.New("failure.profile.account_fix"))
		list[len(list)-1].Fatal = fatal
	}
	if m.name == "WORKLOAD_IDENTITY" && p.WorkloadProvider != "" {
		switch provider := strings.ToUpper(p.WorkloadProvider); {
		case !slices.Contains(workloadProviders, provider):
			add(message.New("failure.profile.provider", "names", strings.Join(workloadProviders, ", ")), message.New("failure.profile.authenticator_fix", "names", strings.Join(workloadProviders, ", ")))
		case provider == "OIDC" && !p.Has(keyToken):
			add(message.New("failure.profile.provider_token"), message.New("failure.profile.needs_fix", "key", "token_file_path"))
		}
	}
	for _, path := range []string{p.PrivateKeyFile, p.TokenFile} {
		if _, err := os.Stat(expand(path)); path != "" && errors.Is(err, fs.ErrNotExist) {
			add(message.New("failure.profile.no_file", "path", safely.Visible(path)), message.New("failure.profile.no_file_fix"))
		}
	}
	return list
}

// workloadProviders are the clouds that can attest a workload, and OIDC for any other provider.
// https://docs.snowflake.com/en/user-guide/workload-identity-federation
var workloadProviders = []string{"AWS", "AZURE", "GCP", "OIDC"}

// detectKeyPair selects key pair authentication if the profile has a private key and no authenticator, as Snowflake's
// Python connector does.
func (p *Profile) detectKeyPair() {
	plain := strings.EqualFold(strings.TrimSpace(p.Authenticator), "SNOWFLAKE") && !p.Has("password")
	if p.Has(keyFile) && (strings.TrimSpace(p.Authenticator) == "" || plain) {
		p.Authenticator = "SNOWFLAKE_JWT"
	}
}

func methodNames() string {
	names := make([]string, 0, len(methods))
	for _, m := range methods {
		names = append(names, m.name)
	}
	return strings.Join(names, ", ")
}

// provides reports whether a field or one of its alternatives is set.
func (p *Profile) provides(name string) bool {
	alternatives := map[string][]string{
		keyFile:  {keyFile, "private_key_raw"},
		keyToken: {keyToken, "token_file_path", "password"},
	}
	for _, other := range append(alternatives[name], name) {
		if slices.Contains(p.given, other) {
			return true
		}
	}
	return false
}

// permissions checks the mode of the profile's file, like other clients: a file that others can read is a warning, one
// that others can write or that is executable is an error.
func (p *Profile) permissions(s *source) {
	if runtime.GOOS == "windows" || s.mode == 0 || s.mode&0o177 == 0 {
		return
	}
	what := message.ID("failure.profile.readable")
	fatal := s.mode&0o133 != 0
	if fatal {
		what = "failure.profile.writable"
	}
	p.Problems = append(p.Problems, Problem{
		Message: message.New(what, "path", s.path, "mode", fmt.Sprintf("%04o", s.mode)),
		Fix:     message.Verbatim("chmod 0600 " + shellQuote(s.path)), Mode: true, Fatal: fatal,
	})
}

func shellQuote(path string) string {
	if strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+") == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// Protect sets the mode of the profile's file to 0600, which clients expect.
func (p Profile) Protect() error {
	if err := os.Chmod(p.File, 0o600); err != nil {
		return message.Wrap(err, "failure.profile.private", "path", p.File)
	}
	return nil
}

// Pick returns a connection by name, or the default connection if the name is empty.
func (all Profiles) Pick(name string) (Profile, error) {
	if name == "" && !slices.ContainsFunc(all.List, func(p Profile) bool { return p.Default }) {
		if m := all.ambiguousDefault(""); m != nil {
			return Profile{}, m.defaultError()
		}
	}
	for _, p := range all.List {
		if (name != "" && p.Name == name) || (name == "" && p.Default) {
			return p, p.Err()
		}
	}
	for _, p := range all.List {
		// The names of environment variables are in upper case.
		if name != "" && p.File == "" && strings.EqualFold(p.Name, name) {
			return p, p.Err()
		}
	}
	for _, problem := range all.Problems {
		if problem.Fatal {
			return Profile{}, message.NewError("failure.profile.all_unread", "message", problem.Message, "fix", problem.Fix)
		}
	}
	if len(all.List) == 0 {
		return Profile{}, message.NewError("failure.profile.empty", "folder", all.Folder)
	}
	names := make([]string, 0, len(all.List))
	for _, p := range all.List {
		names = append(names, safely.Visible(p.Name))
	}
	if name == "" {
		if all.Chosen != "" {
			return Profile{}, message.NewError("failure.profile.wrong_default", "name", safely.Visible(all.Chosen), "names", strings.Join(names, ", "))
		}
		return Profile{}, message.NewError("failure.profile.no_default", "names", strings.Join(names, ", "))
	}
	return Profile{}, message.NewError("failure.profile.unknown", "name", safely.Visible(name), "folder", all.Folder, "names", strings.Join(names, ", "))
}

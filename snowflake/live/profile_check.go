package live

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
)

// method is an authenticator: what it needs to be in the profile, and what a person can be asked
// for.
type method struct {
	name string
	// needs are the fields without which no log-in can begin.
	needs []string
	// browser says that the log-in opens a browser: it cannot be made without a person.
	browser bool
}

// methods are the ways to log in that sleet knows.
// https://docs.snowflake.com/en/developer-guide/snowflake-cli/connecting/configure-connections
func methods() []method {
	return []method{
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
}

// methodOf finds an authenticator; an empty one is the password's. An https address is that of an
// identity provider of its own (Okta).
func methodOf(authenticator string) (method, bool) {
	name := strings.ToUpper(strings.TrimSpace(authenticator))
	if name == "" {
		name = "SNOWFLAKE"
	}
	if strings.HasPrefix(name, "HTTPS://") {
		return method{name: name, needs: []string{keyUser}}, true
	}
	i := slices.IndexFunc(methods(), func(m method) bool { return m.name == name })
	if i < 0 {
		return method{}, false
	}
	return methods()[i], true
}

// Browser says whether a log-in with the profile opens the person's browser.
func (p Profile) Browser() bool {
	m, _ := methodOf(p.Authenticator)
	return m.browser
}

// lacks says what keeps a profile from being used.
func (p *Profile) lacks() []ProfileProblem {
	var list []ProfileProblem
	add := func(fix, format string, args ...any) {
		list = append(list, ProfileProblem{Message: p.Where() + ": " + fmt.Sprintf(format, args...), Fix: fix, Fatal: true})
	}
	if !slices.Contains(p.given, "account") {
		add("Add account = \"ORGANIZATION-ACCOUNT\".", "the connection %s has no account", p.Name)
	}
	m, known := methodOf(p.Authenticator)
	if !known {
		add("Use one of: "+strings.ToLower(methodNames())+".", "the authenticator is not known")
		return list
	}
	for _, need := range m.needs {
		if !p.provides(need) {
			add("Add "+need+".", "the authenticator %s needs %s", strings.ToLower(m.name), need)
		}
	}
	for _, path := range []string{p.PrivateKeyFile, p.TokenFile} {
		if _, err := os.Stat(expand(path)); path != "" && errors.Is(err, fs.ErrNotExist) {
			add("Check the path.", "there is no file %s", Visible(path))
		}
	}
	return list
}

func methodNames() string {
	names := make([]string, 0, len(methods()))
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return strings.Join(names, ", ")
}

// provides says whether a field is there, in one form or another.
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

// permissions checks those of the profile's file, as other clients do: readable by others is a
// warning, writable by others or executable a refusal.
func (p *Profile) permissions(s *source) {
	if runtime.GOOS == "windows" || s.mode == 0 || s.mode&0o177 == 0 {
		return
	}
	what := "others can read it"
	fatal := s.mode&0o133 != 0
	if fatal {
		what = "others can write to it, or it is executable: Snowflake's clients refuse it"
	}
	p.Problems = append(p.Problems, ProfileProblem{
		Message: fmt.Sprintf("%s has the mode %04o: %s", s.path, s.mode, what),
		Fix:     "chmod 0600 " + shellQuote(s.path), Mode: true, Fatal: fatal,
	})
}

func shellQuote(path string) string {
	if strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+") == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// Protect gives the profile's file the mode that clients ask for.
func (p Profile) Protect() error {
	if err := os.Chmod(p.File, 0o600); err != nil {
		return fmt.Errorf("cannot make %s private: %w", p.File, err)
	}
	return nil
}

// Pick gives a connection by name, or the default where the name is empty.
func (all Profiles) Pick(name string) (Profile, error) {
	for _, p := range all.List {
		if (name != "" && p.Name == name) || (name == "" && p.Default) {
			return p, p.Usable()
		}
	}
	for _, p := range all.List {
		// Variables hold names in upper case.
		if name != "" && p.File == "" && strings.EqualFold(p.Name, name) {
			return p, p.Usable()
		}
	}
	for _, problem := range all.Problems {
		if problem.Fatal {
			return Profile{}, fmt.Errorf("the connections cannot be read: %s\n%s", problem.Message, problem.Fix)
		}
	}
	if len(all.List) == 0 {
		return Profile{}, fmt.Errorf("there is no connection in %s\nMake one with `snow connection add`, set SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and SNOWFLAKE_PASSWORD, or try `--demo`", all.Folder)
	}
	names := make([]string, 0, len(all.List))
	for _, p := range all.List {
		names = append(names, Visible(p.Name))
	}
	if name == "" {
		if all.Chosen != "" {
			return Profile{}, fmt.Errorf("the default connection is %q, and there is none of that name\nThere are: %s", Visible(all.Chosen), strings.Join(names, ", "))
		}
		return Profile{}, fmt.Errorf("no connection is the default\nName one with --connection, or in SNOWFLAKE_DEFAULT_CONNECTION_NAME: %s", strings.Join(names, ", "))
	}
	return Profile{}, fmt.Errorf("there is no connection %q in %s\nThere are: %s", Visible(name), all.Folder, strings.Join(names, ", "))
}

package profile

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// Ask asks a person for a secret that a profile lacks: a password, a passphrase or a passcode. It is nil if there is
// nobody to ask.
type Ask func(ctx context.Context, prompt message.Message) (snowflake.Secret, error)

// ResolvePassword returns the profile's password, or asks for it.
func (p *Profile) ResolvePassword(ctx context.Context, ask Ask) (string, error) {
	if !p.Password.Empty() {
		return p.Password.Reveal(), nil
	}
	if ask == nil {
		return "", message.NewError("failure.profile.no_password", "variable", p.ownVariable("password"))
	}
	secret, err := ask(ctx, message.New("failure.profile.ask_password", "user", p.User, "account", p.Account))
	return secret.Reveal(), err
}

// ResolveToken returns the profile's token, from its file if it names one. A programmatic access token may also be in
// the password.
func (p *Profile) ResolveToken() (string, error) {
	switch {
	case !p.Token.Empty():
		return p.Token.Reveal(), nil
	case p.TokenFile != "":
		data, err := safely.ReadFile(expand(p.TokenFile), maxKeySize)
		if err != nil {
			return "", message.Wrap(err, "failure.profile.token_unread")
		}
		return strings.TrimSpace(string(data)), nil
	case !p.Password.Empty():
		return p.Password.Reveal(), nil
	}
	return "", message.NewError("failure.profile.no_token", "variable", p.ownVariable("token"), "where", p.Location())
}

// expand returns a path with a leading ~ replaced by the home folder.
func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

package answers

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/ui/message"
)

// SetSecret takes a secret as --secret gives it, KEY[:TYPE[:ACCESS]]: a new one, or other answers
// for the one with that key. Errors are *ParseError.
func SetSecret(a scaffold.App, flag string) (scaffold.App, error) {
	parts := strings.Split(flag, ":")
	r := reader{file: "--secret " + message.Shown(parts[0])}
	if parts[0] == "" || len(parts) > 3 {
		r.wrong("", message.New("problem.answers.no_secret", "flag", message.Quote(flag)), message.New("problem.answers.no_secret.fix"))
		return a, r.first()
	}
	b := a.Clone()
	i := slices.IndexFunc(b.Secrets, func(s scaffold.SecretDecl) bool { return strings.EqualFold(s.Key, parts[0]) })
	if i < 0 {
		i = len(b.Secrets)
		b.Secrets = append(b.Secrets, scaffold.SecretDecl{Key: parts[0]})
	}
	t, _ := TableNamed("secrets")
	for n, key := range []string{"type", "access"} {
		if f, ok := t.Field(key); ok && n+1 < len(parts) {
			r.put(f.At(&b, i), f, key, parts[n+1])
		}
	}
	if err := r.first(); err != nil {
		return a, err
	}
	return b, nil
}

package command

import (
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/steps/command/exit"
)

// secretTypes returns the types of --secret, the default first.
func secretTypes() []string {
	var types []string
	for _, t := range scaffold.SecretTypes() {
		types = append(types, string(t))
	}
	return types
}

// secretAccess returns the access methods of --secret.
func secretAccess() []string {
	return []string{string(scaffold.AccessFunction), string(scaffold.AccessSecrets), string(scaffold.AccessModule)}
}

// declare parses KEY[:TYPE[:ACCESS]] of each --secret. It keeps the other answers of an existing secret with the same
// key. Errors repeat no text but the key: somebody may have passed a value by mistake.
func declare(texts []string, known []scaffold.SecretDecl) ([]scaffold.SecretDecl, error) {
	var secrets []scaffold.SecretDecl
	for _, text := range texts {
		parts := strings.Split(text, ":")
		if len(parts) > 3 || parts[0] == "" {
			return nil, exit.Usage(nil, "new.secret.form")
		}
		secret := scaffold.SecretDecl{Key: parts[0]}
		if i := slices.IndexFunc(known, func(s scaffold.SecretDecl) bool { return s.Key == parts[0] }); i >= 0 {
			secret = known[i]
		}
		if len(parts) > 1 && parts[1] != "" {
			if !slices.Contains(secretTypes(), parts[1]) {
				return nil, exit.Usage(nil, "new.secret.type", "key", parts[0], "types", strings.Join(secretTypes(), ", "))
			}
			secret.Type = scaffold.SecretType(parts[1])
		}
		if len(parts) > 2 && parts[2] != "" {
			if !slices.Contains(secretAccess(), parts[2]) {
				return nil, exit.Usage(nil, "new.secret.access", "key", parts[0], "accesses", strings.Join(secretAccess(), ", "))
			}
			secret.Access = scaffold.Access(parts[2])
		}
		secrets = append(secrets, secret)
	}
	return secrets, nil
}

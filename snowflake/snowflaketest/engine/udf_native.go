package engine

import (
	"encoding/json"
	"regexp"
	"sync"
)

// gives finds the call with which a handler takes its secret.
var gives = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\.(get_generic_secret_string|get_username_password|get_oauth_access_token|get_cloud_provider_token)\(\s*["'](\w+)["']\s*\)`)
})

// native does without Python what a handler does that only gives its secret: the text of a string
// or a token, JSON of what has parts. ok is false for any other handler.
func native(body string, secrets map[string]map[string]string) (value any, ok bool) {
	call := gives().FindStringSubmatch(body)
	if call == nil {
		return nil, false
	}
	secret, ok := secrets[call[2]]
	if !ok {
		return nil, false
	}
	if text, whole := secret["value"]; whole {
		return text, true
	}
	parts := map[string]string{}
	for name, part := range secret {
		if name != "type" {
			parts[name] = part
		}
	}
	text, err := json.Marshal(parts)
	return string(text), err == nil
}

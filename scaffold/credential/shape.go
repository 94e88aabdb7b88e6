package credential

import (
	"strings"
	"sync"

	"sleet/scaffold/pep508"
	"sleet/ui/message"
)

// shape is the documented format of a credential: the prefixes that its issuer uses, and the number
// of characters that must follow.
type shape struct {
	what     message.ID
	prefixes []string
	// least is the minimum number of characters from chars that follow.
	least int
	chars string
}

const (
	digits   = "0123456789"
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	// WordCharacters are the characters of a token that needs no quotes: ASCII digits and letters.
	WordCharacters = digits + capitals + "abcdefghijklmnopqrstuvwxyz"
	wordDash       = WordCharacters + "_-"
)

// shapes returns the formats that issuers document for secret scanners.
// https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
var shapes = sync.OnceValue(func() []shape {
	return []shape{
		{"problem.credential.an_access_key_of_aws", []string{"AKIA", "ASIA"}, 16, digits + capitals},
		{"problem.credential.a_token_of_github", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"}, 20, WordCharacters + "_"},
		{"problem.credential.a_token_of_gitlab", []string{"glpat-", "gldt-", "glrt-"}, 16, wordDash},
		{"problem.credential.an_api_key_of_openai_s_or_anthropic_s_form", []string{"sk-"}, 20, wordDash},
		{"problem.credential.a_key_of_stripe", []string{"sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"}, 10, WordCharacters + "+/="},
		{"problem.credential.a_token_of_slack", []string{"xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-"}, 10, wordDash},
		{"problem.credential.a_webhook_of_slack", []string{"hooks.slack.com/services/"}, 16, WordCharacters + "/"},
		{"problem.credential.a_webhook_of_discord", []string{"discord.com/api/webhooks/"}, 20, wordDash + "/"},
		{"problem.credential.a_webhook_of_microsoft_teams", []string{"webhook.office.com/"}, 20, wordDash + "/@"},
		{"problem.credential.an_api_key_of_google", []string{"AIza"}, 30, wordDash},
		{"problem.credential.a_credential_of_google", []string{"ya29.", "GOCSPX-"}, 20, wordDash + "."},
		{"problem.credential.a_token_of_npm", []string{"npm_"}, 30, WordCharacters},
		{"problem.credential.a_token_of_pypi", []string{"pypi-"}, 40, wordDash},
		{"problem.credential.a_token_of_hugging_face", []string{"hf_"}, 30, WordCharacters},
		{"problem.credential.an_api_key_of_sendgrid", []string{"SG."}, 30, wordDash + "."},
		{"problem.credential.a_token_of_databricks", []string{"dapi"}, 32, digits + "abcdef"},
		{"problem.credential.a_token_of_digitalocean", []string{"dop_v1_"}, 40, digits + "abcdef"},
		{"problem.credential.a_token_of_shopify", []string{"shpat_"}, 32, digits + "abcdefABCDEF"},
		{"problem.credential.a_token_of_vault", []string{"hvs."}, 20, wordDash},
		{"problem.credential.a_token_of_grafana", []string{"glsa_"}, 20, WordCharacters + "_"},
		{"problem.credential.an_api_key_of_linear", []string{"lin_api_"}, 20, WordCharacters},
		{"problem.credential.a_secret_token_of_mapbox", []string{"sk.eyJ"}, 20, wordDash + "."},
		{"problem.credential.a_bearer_token", []string{"Bearer "}, 16, wordDash + ".~+/="},
		{"problem.credential.a_connection_string_of_azure_with_its_key", []string{"AccountKey=", "SharedAccessKey="}, 20, WordCharacters + "+/="},
		{"problem.credential.a_token_of_snowflake", []string{"ver:1-hint:"}, 10, wordDash + ":+/="},
	}
})

// whatText returns the name of the credential as a message.
func (s shape) whatText() message.Message {
	return message.New(s.what)
}

// InText returns a message that names the credential in text by its format, zero if there is none.
func InText(text string) message.Message {
	if len(text) < 8 {
		return message.Message{}
	}
	for _, s := range shapes() {
		for _, prefix := range s.prefixes {
			if s.In(text, prefix) {
				return message.New("problem.credential.form", "what", s.whatText())
			}
		}
	}
	switch {
	case strings.Contains(text, "-----BEGIN ") && strings.Contains(text, "PRIVATE KEY"):
		return message.New("problem.credential.private_key")
	case webToken(text):
		return message.New("problem.credential.web_token")
	case passwordInURL(text):
		return message.New("problem.credential.address")
	case passwordInPairs(text):
		return message.New("problem.credential.connection")
	}
	return message.Message{}
}

// In reports whether text contains a credential of this shape with the given prefix, at the start
// of a word.
func (s shape) In(text, prefix string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], prefix)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(prefix)
		if i > 0 && pep508.Alphanumeric(text[i-1]) && pep508.Alphanumeric(prefix[0]) {
			continue
		}
		rest := text[from:]
		if len(rest)-len(strings.TrimLeft(rest, s.chars)) >= s.least {
			return true
		}
	}
}

// webToken reports whether text contains a JSON Web Token: three base64 parts separated by dots,
// the first two JSON.
// https://datatracker.ietf.org/doc/html/rfc7519
func webToken(text string) bool {
	for {
		_, rest, found := strings.Cut(text, "eyJ")
		if !found {
			return false
		}
		text = rest
		head := strings.TrimLeft(rest, wordDash)
		body, isJSON := strings.CutPrefix(head, ".eyJ")
		if len(rest)-len(head) < 6 || !isJSON {
			continue
		}
		if tail := strings.TrimLeft(body, wordDash); strings.HasPrefix(tail, ".") {
			return true
		}
	}
}

// passwordInURL reports whether text contains scheme://user:password@host with a password that is
// not a placeholder.
func passwordInURL(text string) bool {
	for {
		before, rest, found := strings.Cut(text, "://")
		if !found {
			return false
		}
		scheme := before[strings.LastIndexAny(before, "+ \t\n\"'=@,;(")+1:]
		text = rest
		authority := rest
		if end := strings.IndexAny(rest, "/?# \t\n"); end >= 0 {
			authority = rest[:end]
		}
		user := authority[:max(0, strings.LastIndexByte(authority, '@'))]
		_, password, found := strings.Cut(user, ":")
		if found && password != "" && !placeholder(password) {
			return true
		}
		// A token may take the place of the user.
		if web := strings.HasPrefix(scheme, "http"); web && !found && user != "" && !placeholder(user) {
			return true
		}
	}
}

// passwordInPairs reports whether text contains a pair such as password=…, as connection strings
// do.
func passwordInPairs(text string) bool {
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(";&? \t\n", r) }) {
		name, value, found := strings.Cut(pair, "=")
		if found && credentialName(name, true) != "" && len(value) >= 4 && !placeholder(value) {
			return true
		}
	}
	return false
}

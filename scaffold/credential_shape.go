package scaffold

import "strings"

// shape is a well-known form of a credential: a prefix that its issuer gives it, and how much must
// follow.
type shape struct {
	prefix string
	// least is how many characters of chars follow.
	least int
	chars string
	what  string
}

const (
	digits   = "0123456789"
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	smalls   = "abcdefghijklmnopqrstuvwxyz"
	word     = digits + capitals + smalls
	wordDash = word + "_-"
)

// credentialShapes are the forms that issuers document so that leaked credentials can be found.
// https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
var credentialShapes = [...]shape{
	{"AKIA", 16, digits + capitals, "an access key of AWS"},
	{"ASIA", 16, digits + capitals, "an access key of AWS"},
	{"ghp_", 20, word, "a token of GitHub"},
	{"gho_", 20, word, "a token of GitHub"},
	{"ghu_", 20, word, "a token of GitHub"},
	{"ghs_", 20, word, "a token of GitHub"},
	{"ghr_", 20, word, "a token of GitHub"},
	{"github_pat_", 20, word + "_", "a token of GitHub"},
	{"glpat-", 16, wordDash, "a token of GitLab"},
	{"gldt-", 16, wordDash, "a token of GitLab"},
	{"glrt-", 16, wordDash, "a token of GitLab"},
	{"sk-", 20, wordDash, "an API key of OpenAI's or Anthropic's form"},
	{"sk_live_", 10, word, "a key of Stripe"},
	{"sk_test_", 10, word, "a key of Stripe"},
	{"rk_live_", 10, word, "a key of Stripe"},
	{"rk_test_", 10, word, "a key of Stripe"},
	{"whsec_", 16, word + "+/=", "a webhook secret of Stripe"},
	{"xoxa-", 10, wordDash, "a token of Slack"},
	{"xoxb-", 10, wordDash, "a token of Slack"},
	{"xoxe-", 10, wordDash, "a token of Slack"},
	{"xoxo-", 10, wordDash, "a token of Slack"},
	{"xoxp-", 10, wordDash, "a token of Slack"},
	{"xoxr-", 10, wordDash, "a token of Slack"},
	{"xoxs-", 10, wordDash, "a token of Slack"},
	{"xapp-", 10, wordDash, "a token of Slack"},
	{"hooks.slack.com/services/", 16, word + "/", "a webhook of Slack"},
	{"discord.com/api/webhooks/", 20, wordDash + "/", "a webhook of Discord"},
	{"webhook.office.com/", 20, wordDash + "/@", "a webhook of Microsoft Teams"},
	{"AIza", 30, wordDash, "an API key of Google"},
	{"ya29.", 20, wordDash + ".", "an access token of Google"},
	{"GOCSPX-", 20, wordDash, "a client secret of Google"},
	{"npm_", 30, word, "a token of npm"},
	{"pypi-", 40, wordDash, "a token of PyPI"},
	{"hf_", 30, word, "a token of Hugging Face"},
	{"SG.", 30, wordDash + ".", "an API key of SendGrid"},
	{"dapi", 32, digits + "abcdef", "a token of Databricks"},
	{"dop_v1_", 40, digits + "abcdef", "a token of DigitalOcean"},
	{"shpat_", 32, digits + "abcdefABCDEF", "a token of Shopify"},
	{"hvs.", 20, wordDash, "a token of Vault"},
	{"glsa_", 20, word + "_", "a token of Grafana"},
	{"lin_api_", 20, word, "an API key of Linear"},
	{"sk.eyJ", 20, wordDash + ".", "a secret token of Mapbox"},
	{"Bearer ", 16, wordDash + ".~+/=", "a bearer token"},
	{"AccountKey=", 20, word + "+/=", "a connection string of Azure with its key"},
	{"SharedAccessKey=", 20, word + "+/=", "a connection string of Azure with its key"},
	{"ver:1-hint:", 10, word + "-:+/=", "a token of Snowflake"},
}

// credentialShape says whose credential a text holds by its form, "" when none is known.
func credentialShape(text string) string {
	if len(text) < 8 {
		return ""
	}
	for i := range credentialShapes {
		if credentialShapes[i].in(text) {
			return "it has the form of " + credentialShapes[i].what
		}
	}
	switch {
	case strings.Contains(text, "-----BEGIN ") && strings.Contains(text, "PRIVATE KEY"):
		return "it has the form of a private key"
	case webToken(text):
		return "it has the form of a JSON web token, as programmatic access tokens of Snowflake have"
	case passwordInURL(text):
		return "it is an address with a password in it"
	case passwordInPairs(text):
		return "it is a connection string with a password in it"
	}
	return ""
}

// in says whether a text holds a credential of this shape, not in the middle of a word.
func (s shape) in(text string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], s.prefix)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(s.prefix)
		if i > 0 && alphanumeric(text[i-1]) && alphanumeric(s.prefix[0]) {
			continue
		}
		rest := text[from:]
		if len(rest)-len(strings.TrimLeft(rest, s.chars)) >= s.least {
			return true
		}
	}
}

// webToken says whether a text holds three parts of base64 between dots, the first two of JSON.
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

// passwordInURL says whether a text holds scheme://user:password@host with a password that is no
// placeholder.
func passwordInURL(text string) bool {
	for {
		_, rest, found := strings.Cut(text, "://")
		if !found {
			return false
		}
		text = rest
		authority := rest
		if end := strings.IndexAny(rest, "/?# \t\n"); end >= 0 {
			authority = rest[:end]
		}
		user := authority[:max(0, strings.LastIndexByte(authority, '@'))]
		if _, password, found := strings.Cut(user, ":"); found && password != "" && !placeholder(password) {
			return true
		}
	}
}

// passwordInPairs says whether a text holds password=… among pairs, as connection strings do.
func passwordInPairs(text string) bool {
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(";&? \t\n", r) }) {
		name, value, found := strings.Cut(pair, "=")
		if found && credentialName(name, true) != "" && len(value) >= 4 && !placeholder(value) {
			return true
		}
	}
	return false
}

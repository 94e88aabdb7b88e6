package validate_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sleet/scaffold/validate"
	"sleet/ui/message"
)

// japaneseTerms are words in Latin letters that Japanese text keeps: product names, and words that
// appear in files.
const japaneseTerms = `Streamlit Snowflake Python conda Anaconda PyPI extras extra wheel uv ASCII Punycode Java Graphviz pyyaml
 true false key type flow integration object access scopes import font px rem not in and or api
 client_credentials oauth2 oauth authorization_code Databricks DigitalOcean GitHub GitLab Grafana Hugging Face npm Shopify Slack
 Vault Bearer Azure Google Stripe Mapbox Discord Microsoft Teams Linear OpenAI Anthropic SendGrid Webhook Web Token pandas
 container tomato xn such com nt https`

// TestJapanese checks that each rule's Japanese message is complete and contains no English.
func TestJapanese(t *testing.T) {
	t.Parallel()
	ja := message.For("ja")
	terms := strings.Fields(japaneseTerms)
	latin := regexp.MustCompile(`[A-Za-z]+`)
	spoke := map[string]bool{}
	for _, app := range validate.RuleSlips() {
		for _, p := range validate.Problems(app) {
			spoke[p.ID] = true
			for _, msg := range []message.Message{p.Message, p.Fix} {
				text := ja.Say(msg)
				if text == msg.String() && text != "" && latin.MatchString(text) {
					t.Errorf("%s: %q is not Japanese", p.ID, text)
				}
				bare := withoutNames(text, msg)
				if strings.ContainsAny(bare, "{}") || strings.Contains(bare, "no value") {
					t.Errorf("%s: %q has an unfilled placeholder", p.ID, text)
				}
				for _, word := range latin.FindAllString(bare, -1) {
					if len(word) > 1 && word != strings.ToUpper(word) && !slices.Contains(terms, word) {
						t.Errorf("%s: %q in %q is not Japanese", p.ID, word, text)
					}
				}
			}
		}
	}
	for _, r := range validate.Rules() {
		if !spoke[r.ID] {
			t.Errorf("no case triggers rule %s", r.ID)
		}
	}
}

// withoutNames removes quoted text, names of code and files, and the user's own words from a
// message.
func withoutNames(text string, msg message.Message) string {
	text = regexp.MustCompile(`"[^"]*"|[\[\w~]*[._/\[-][\w./\]<>=,+~-]+|\w+_\w+`).ReplaceAllString(text, "")
	for _, own := range ownWords(msg) {
		if len(own) > 1 {
			text = strings.ReplaceAll(text, own, "")
		}
	}
	return text
}

// ownWords returns the arguments of a message that come from the user, longest first.
func ownWords(msg message.Message) []string {
	var all []string
	for name, value := range msg.Args {
		if text, ok := value.(message.Message); ok {
			all = append(all, ownWords(text)...)
		} else if name != "english" {
			all = append(all, fmt.Sprint(value))
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

package scaffold

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"sleet/scaffold/catalogue"
	"sleet/snowflake"
	"sleet/ui/message"
)

// Texts gives every text that the rules say, in English, under the names that it has in the files of
// languages: "problem.<ID>.message" and "problem.<ID>.fix", and what stands in them.
func Texts() []message.Message {
	rules := allRules()
	texts := make([]message.Message, 0, 3*len(rules))
	for i := range rules {
		texts = append(texts,
			snowflake.Said("problem."+rules[i].ID+".message", rules[i].Message),
			snowflake.Said("problem."+rules[i].ID+".fix", rules[i].Fix))
	}
	for _, s := range shapes() {
		texts = append(texts, s.whatText())
	}
	for _, t := range twinRows() {
		if t.pypi == "" {
			texts = append(texts, t.whyText())
		}
	}
	for name, english := range phrases() {
		texts = append(texts, snowflake.Said("problem."+name, english))
	}
	return slices.Concat(texts, answerTexts(), catalogue.Texts())
}

// phrases are the parts of messages, by the end of the names that they have in the files of languages.
var phrases = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"meant":           "did you mean {word}?",
		"spelling":        "check its spelling",
		"streamlit.range": "write a range such as {range}",
		"streamlit.exact": "write =={version} for that version alone, or a range such as {range}",

		"credential.address":     "it is an address with a password in it",
		"credential.connection":  "it is a connection string with a password in it",
		"credential.form":        "it has the form of {what}",
		"credential.name":        "its name says {thing}",
		"credential.option":      "the option holds a secret",
		"credential.private_key": "it has the form of a private key",
		"credential.random":      "it is long random text",
		"credential.web_token":   "it has the form of a JSON web token, as programmatic access tokens of Snowflake have",

		"requirement.address":            "@ needs an address behind it, such as https://example.com/package.whl",
		"requirement.address_control":    "the address has a control character in it",
		"requirement.address_space":      "an address and the ; behind it need a space between them",
		"requirement.behind_comma":       "{here} behind a comma, where a comparison such as <2 belongs",
		"requirement.comparison":         "{here} where a comparison belongs: each begins with an operator, and commas part them (>=1,<2)",
		"requirement.compatible":         "{version}: ~= needs a version of two parts at least, such as ~=1.0",
		"requirement.conda":              "one = is conda's way: versions compare with ==",
		"requirement.conda_bracket":      "{text} lacks the closing bracket",
		"requirement.conda_key":          "{text} has brackets without key=value in them",
		"requirement.conda_name":         "{text} is no dependency of conda: the name of a package must come first",
		"requirement.empty":              "it is empty: name a package, such as pandas or pandas>=2",
		"requirement.end":                "{here} where a comma, a marker behind ; or the end belongs: each comparison begins with an operator, and commas part them (>=1,<2)",
		"requirement.ends":               "it ends",
		"requirement.extra":              "an extra",
		"requirement.extras":             "{here} among the extras: part them with commas and close them with ]",
		"requirement.local":              "{version}: only == and != compare with a local version (+…)",
		"requirement.marker_comparison":  "{here} in the marker, where a comparison such as >= or in belongs",
		"requirement.marker_control":     "the marker has a control character in a text",
		"requirement.marker_deep":        "the marker has too many parentheses within each other",
		"requirement.marker_end":         "{here} behind the marker, where and, or, or the end belongs",
		"requirement.marker_not":         "{here} in the marker behind not, where in belongs",
		"requirement.marker_open":        "the marker has a text without its closing {quote}",
		"requirement.marker_operand":     "{here} in the marker, where a variable such as python_version or a quoted text belongs",
		"requirement.marker_parenthesis": "{here} in the marker, where ) belongs",
		"requirement.marker_texts":       "the marker compares two texts: one side must be a variable such as python_version",
		"requirement.marker_variable":    "{name} is no marker variable: there are python_version, sys_platform, platform_system, …; a text needs quotes",
		"requirement.name":               "{here} where the name of {what} belongs",
		"requirement.name_ends":          "the name {name} of {what} must begin and end with a letter or a digit",
		"requirement.no_version":         "{version} is no version of PEP 440",
		"requirement.package":            "a package",
		"requirement.parenthesis":        "{here} where ) belongs",
		"requirement.stands":             "{sign} stands",
		"requirement.star":               "{version}: only == and != take .*",
		"requirement.star_local":         "{version}: .* cannot follow a local or a development version",
		"requirement.version":            "{here} behind {op}, where a version belongs",
	}
})

// phrase makes a text of one of the phrases, with pairs of its arguments.
func phrase(name string, args ...any) message.Message {
	return snowflake.Said("problem."+name, phrases()[name], args...)
}

// runtimeText is the word for a runtime.
func runtimeText(runtime Runtime) message.Message { return catalogue.RuntimeText(string(runtime)) }

// byWords names a text by its own words, for what comes from a table with no other name.
func byWords(kind, english string) string {
	words := strings.FieldsFunc(strings.ToLower(english), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return "problem." + kind + "." + strings.Join(words, "_")
}

// saidError is an error whose words a screen can put into another language.
type saidError struct{ text message.Message }

func (e saidError) Error() string { return e.text.String() }

// Says gives the words.
func (e saidError) Says() message.Message { return e.text }

// fault makes the error of a phrase on requirements.
func fault(name string, args ...any) error { return saidError{phrase("requirement."+name, args...)} }

// saidBy gives an error's words: those that it says in any language, or its English.
func saidBy(err error) message.Message {
	if said, ok := err.(interface{ Says() message.Message }); ok { //nolint:errorlint // What wraps it is no part of the words.
		return said.Says()
	}
	return message.Verbatim(err.Error())
}

package engine

import (
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// streamlitReference is the refusal where an app refers to something that is missing or not for its
// role; err is the one of other statements.
func (s *Session) streamlitReference(kind string, n grammar.Name, err *grammar.Error) *grammar.Error {
	switch kind {
	case grammar.KindSecret:
		return grammar.Sentence("Secret '%s' does not exist or operation not authorized.", grammar.Qualified(n[len(n)-1]))
	case grammar.KindWarehouse:
		return grammar.Sentence("The specified warehouse %s does not exist or not authorized.", n.String())
	default:
		return err
	}
}

// streamlitStage is the refusal where an app is to be made from a stage that is missing or not for its
// role.
func streamlitStage(from string, err *grammar.Error) *grammar.Error {
	l, bad := readLocation(from)
	if err == nil || bad != nil || l.kind != grammar.KindStage || err.Code == 90105 || err.Code == 90106 {
		return err
	}
	return grammar.Sentence("The specified stage %s does not exist or the current role does not have access. "+
		"Owner of the Streamlit must have at least READ on the specified stage.", grammar.Qualified(l.name[len(l.name)-1]))
}

// streamlitSecret is the refusal of a secret that no integration of the app allows.
func streamlitSecret(doing, secret string) *grammar.Error {
	if strings.HasPrefix(doing, "CREATE") {
		return grammar.Sentence("Using secrets requires a valid External Access Integration with allowed secrets.")
	}
	return grammar.Sentence("Integrations do not allow secret '%s'.", secret)
}

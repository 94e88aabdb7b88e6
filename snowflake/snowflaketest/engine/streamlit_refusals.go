package engine

import "strings"

// streamlitReference is the refusal where an app refers to something that is missing or not for its
// role; err is the one of other statements.
func (s *Session) streamlitReference(kind string, n name, err *Error) *Error {
	switch kind {
	case kindSecret:
		return sentence("Secret '%s' does not exist or operation not authorized.", qualified(n[len(n)-1]))
	case kindWarehouse:
		return sentence("The specified warehouse %s does not exist or not authorized.", n.String())
	default:
		return err
	}
}

// streamlitStage is the refusal where an app is to be made from a stage that is missing or not for its
// role.
func streamlitStage(from string, err *Error) *Error {
	l, bad := readLocation(from)
	if err == nil || bad != nil || l.kind != kindStage || err.Code == 90105 || err.Code == 90106 {
		return err
	}
	return sentence("The specified stage %s does not exist or the current role does not have access. "+
		"Owner of the Streamlit must have at least READ on the specified stage.", qualified(l.name[len(l.name)-1]))
}

// streamlitSecret is the refusal of a secret that no integration of the app allows.
func streamlitSecret(doing, secret string) *Error {
	if strings.HasPrefix(doing, "CREATE") {
		return sentence("Using secrets requires a valid External Access Integration with allowed secrets.")
	}
	return sentence("Integrations do not allow secret '%s'.", secret)
}

package ddl

import (
	"maps"
	"slices"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// Alter is an ALTER statement of one object, or COMMENT ON.
type Alter struct {
	Kind     string
	IfExists bool
	Name     grammar.Name
	Change   Change
}

// Change is what an Alter changes: one of the types below.
type Change interface{ change() }

type (
	// Rename renames the object.
	Rename struct{ To grammar.Name }
	// Set sets properties; Known are those that the kind has.
	Set struct {
		Got   map[string]grammar.Given
		Known grammar.Properties
	}
	// SetSecure makes a function secure.
	SetSecure struct{}
	// Unset removes properties.
	Unset struct{ Properties []string }
	// Comment sets the comment.
	Comment struct{ Text string }
	// ManagedAccess is ENABLE or DISABLE MANAGED ACCESS of a schema.
	ManagedAccess struct{ On bool }
	// Operate suspends or resumes a warehouse or a compute pool.
	Operate struct{}
	// Refresh refreshes the directory of a stage.
	Refresh struct{}
	// AddLiveVersion creates a live version of a Streamlit from its last version.
	// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
	AddLiveVersion struct{}
	// CommitVersion saves the live version as the last version.
	CommitVersion struct{}
	// AbortVersion removes the live version.
	AbortVersion struct{}
)

func (Rename) change()         {}
func (Set) change()            {}
func (SetSecure) change()      {}
func (Unset) change()          {}
func (Comment) change()        {}
func (ManagedAccess) change()  {}
func (Operate) change()        {}
func (Refresh) change()        {}
func (AddLiveVersion) change() {}
func (CommitVersion) change()  {}
func (AbortVersion) change()   {}

// readAlter reads ALTER, after the keyword.
func readAlter(r *grammar.Reader) Statement {
	a := &Alter{}
	r.SkipCategory()
	a.Kind = r.Kind(grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindIntegration, grammar.KindFunction, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole, grammar.KindUser)
	a.IfExists = r.Word("IF", "EXISTS")
	a.Name = r.ObjectName(a.Kind)
	a.Change = readChange(r, a.Kind)
	return a
}

// readChange reads the change of an ALTER.
func readChange(r *grammar.Reader, kind string) Change {
	switch {
	case r.Word("RENAME", "TO"):
		if kind == grammar.KindSecret || kind == grammar.KindRule || kind == grammar.KindIntegration {
			r.Skip(-2)
			r.Fail()
		}
		return Rename{r.Name(grammar.Depth(kind))}
	case r.Word("SET"):
		return readSet(r, kind)
	case r.Word("UNSET"):
		return readUnset(r, kind)
	case kind == grammar.KindStreamlit:
		return readVersions(r)
	case kind == grammar.KindSchema && (r.Is("ENABLE") || r.Is("DISABLE")):
		on := r.One("ENABLE", "DISABLE") == "ENABLE"
		r.Need("MANAGED", "ACCESS")
		return ManagedAccess{on}
	case (kind == grammar.KindWarehouse || kind == grammar.KindPool) && (r.Is("SUSPEND") || r.Is("RESUME") || r.Is("STOP")):
		r.Skip(1)
		if kind == grammar.KindPool {
			r.Word("ALL")
		}
		if r.Word("IF") {
			r.Need("SUSPENDED")
		}
		return Operate{}
	case kind == grammar.KindStage && r.Word("REFRESH"):
		return Refresh{}
	}
	r.Fail()
	return nil
}

// readSet reads the properties after SET.
func readSet(r *grammar.Reader, kind string) Change {
	if kind == grammar.KindFunction && r.Word("SECURE") {
		return SetSecure{}
	}
	known := settable(kind)
	got := r.ReadProperties(kind, known, kind == grammar.KindSecret || kind == grammar.KindStreamlit)
	if len(got) == 0 {
		r.Fail()
	}
	return Set{got, known}
}

// settable returns the properties that SET can change.
func settable(kind string) grammar.Properties {
	var known grammar.Properties
	switch kind {
	case grammar.KindStreamlit:
		known = grammar.StreamlitProperties(false)
		known["ROOT_LOCATION"] = grammar.TextProperty()
	case grammar.KindFunction:
		f := grammar.FunctionProperties()
		known = grammar.Properties{}
		for _, word := range []string{"COMMENT", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS"} {
			known[word] = f[word]
		}
	case grammar.KindRule:
		known = grammar.Properties{"VALUE_LIST": {Shape: grammar.ShapeTexts}, "COMMENT": grammar.TextProperty()}
	case grammar.KindSecret:
		known = grammar.SecretProperties()
		delete(known, "TYPE")
		delete(known, "ALGORITHM")
	case grammar.KindIntegration:
		known = grammar.OtherIntegrationProperties()
		for word, prop := range grammar.AccessProperties() {
			known[word] = prop
		}
		delete(known, "TYPE")
	case grammar.KindUser:
		known = grammar.Properties{
			"DEFAULT_ROLE": {Shape: grammar.ShapeName, Refers: grammar.KindRole}, "DEFAULT_WAREHOUSE": {Shape: grammar.ShapeName}, "DEFAULT_NAMESPACE": {Shape: grammar.ShapeName},
			"DEFAULT_SECONDARY_ROLES": {Shape: grammar.ShapeTexts}, "COMMENT": grammar.TextProperty(), "RSA_PUBLIC_KEY": grammar.TextProperty(), "RSA_PUBLIC_KEY_2": grammar.TextProperty(), "NETWORK_POLICY": {Shape: grammar.ShapeName},
		}
	default:
		known = grammar.PlainProperties(kind)
		delete(known, "ENCRYPTION")
	}
	return known
}

// unsettable returns the properties that UNSET accepts for a kind.
func unsettable(kind string) []string {
	switch kind {
	case grammar.KindStreamlit:
		return []string{"SECRETS", "EXTERNAL_ACCESS_INTEGRATIONS", "ARTIFACT_REPOSITORIES", "QUERY_WAREHOUSE", "TITLE", "COMMENT"}
	case grammar.KindRule:
		return []string{"VALUE_LIST", "COMMENT"}
	case grammar.KindIntegration:
		return []string{
			"ALLOWED_NETWORK_RULES", "ALLOWED_API_AUTHENTICATION_INTEGRATIONS", "ALLOWED_AUTHENTICATION_SECRETS",
			"COMMENT", "ENABLED", "OAUTH_ALLOWED_SCOPES",
		}
	case grammar.KindFunction:
		return []string{"COMMENT", "SECURE", "EXTERNAL_ACCESS_INTEGRATIONS", "SECRETS"}
	case grammar.KindSecret:
		return nil // https://docs.snowflake.com/en/sql-reference/sql/alter-secret#usage-notes
	default:
		return slices.Collect(maps.Keys(grammar.PlainProperties(kind)))
	}
}

// readUnset reads the properties after UNSET.
func readUnset(r *grammar.Reader, kind string) Change {
	var list []string
	for {
		word := strings.ToUpper(r.Peek().Text)
		if r.Peek().Kind != grammar.TokenWord || !slices.Contains(unsettable(kind), word) {
			r.Fail()
		}
		r.Skip(1)
		list = append(list, word)
		if !r.Symbol(",") {
			return Unset{list}
		}
	}
}

// readVersions reads the changes of an app's versions.
func readVersions(r *grammar.Reader) Change {
	switch {
	case r.Word("ADD", "LIVE", "VERSION", "FROM", "LAST"):
		return AddLiveVersion{}
	case r.Word("COMMIT"):
		return CommitVersion{}
	case r.Word("ABORT"):
		return AbortVersion{}
	case r.Is("PUSH"), r.Is("PULL"):
		panic(grammar.Unsupported("ALTER STREAMLIT " + strings.ToUpper(r.Peek().Text)))
	}
	r.Fail()
	return nil
}

// readComment reads COMMENT [IF EXISTS] ON kind name IS 'text', after the keyword.
func readComment(r *grammar.Reader) Statement {
	a := &Alter{IfExists: r.Word("IF", "EXISTS")}
	r.Need("ON")
	a.Kind = r.Kind(grammar.GrantKinds()...)
	a.Name = r.ObjectName(a.Kind)
	r.Need("IS")
	a.Change = Comment{r.Text()}
	return a
}

// Drop is a DROP statement.
type Drop struct {
	Kind     string
	IfExists bool
	Name     grammar.Name
}

// readDrop reads DROP, after the keyword.
func readDrop(r *grammar.Reader) Statement {
	r.SkipCategory()
	d := &Drop{}
	d.Kind = r.Kind(grammar.KindDatabaseRole, grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindIntegration, grammar.KindFunction, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole)
	d.IfExists = r.Word("IF", "EXISTS")
	d.Name = r.ObjectName(d.Kind)
	if d.Kind == grammar.KindDatabase || d.Kind == grammar.KindSchema {
		_ = r.Word("CASCADE") || r.Word("RESTRICT")
	}
	return d
}

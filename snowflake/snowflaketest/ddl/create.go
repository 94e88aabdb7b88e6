package ddl

import (
	"slices"

	"sleet/snowflake/snowflaketest/grammar"
)

// Create is a CREATE statement.
type Create struct {
	Kind string
	// Category is the category of an integration: EXTERNAL ACCESS, API or SECURITY.
	Category                      string
	Replace, OrAlter, IfNotExists bool
	Name                          grammar.Name
	// Got are the properties in the statement. Known are those that the kind has.
	Got   map[string]grammar.Given
	Known grammar.Properties
	// Managed is WITH MANAGED ACCESS of a schema.
	Managed bool
	// From is the source of a Streamlit's files; empty if there is none.
	From string
	// Function is the definition of a function. CopyGrants keeps the grants of the function that it replaces.
	Function   *grammar.Function
	CopyGrants bool
}

// WarehouseRuntime is the runtime of Streamlits in a warehouse.
const WarehouseRuntime = "SYSTEM$WAREHOUSE_RUNTIME"

// readCreate reads CREATE, after the keyword.
func readCreate(r *grammar.Reader) Statement {
	c := &Create{}
	if r.Word("OR") {
		c.Replace = r.One("REPLACE", "ALTER") == "REPLACE"
		c.OrAlter = !c.Replace
	}
	secure := r.Word("SECURE")
	transient := !secure && (r.Word("TRANSIENT") || r.Word("TEMPORARY") || r.Word("TEMP"))
	switch {
	case r.Word("EXTERNAL", "ACCESS", "INTEGRATION"):
		c.Kind, c.Category = grammar.KindIntegration, "EXTERNAL ACCESS"
	case r.Is("API", "INTEGRATION"), r.Is("SECURITY", "INTEGRATION"):
		c.Kind, c.Category = grammar.KindIntegration, r.One("API", "SECURITY")
		r.Need("INTEGRATION")
	default:
		c.Kind = r.Kind(grammar.KindDatabaseRole, grammar.KindDatabase, grammar.KindSchema, grammar.KindStage, grammar.KindSecret, grammar.KindRule, grammar.KindFunction, grammar.KindStreamlit, grammar.KindWarehouse, grammar.KindPool, grammar.KindRole)
	}
	if secure && c.Kind != grammar.KindFunction ||
		transient && !slices.Contains([]string{grammar.KindDatabase, grammar.KindSchema, grammar.KindStage}, c.Kind) ||
		c.OrAlter && !slices.Contains([]string{grammar.KindRule, grammar.KindStage, grammar.KindSchema, grammar.KindDatabase, grammar.KindWarehouse, grammar.KindRole}, c.Kind) {
		r.Skip(-1)
		r.Fail()
	}
	if !c.Replace && !c.OrAlter {
		c.IfNotExists = r.Word("IF", "NOT", "EXISTS")
	}
	switch c.Kind {
	case grammar.KindFunction:
		c.function(r, secure)
	case grammar.KindStreamlit:
		c.streamlit(r)
	default:
		c.plain(r)
	}
	return c
}

// plain reads a kind that has only properties.
func (c *Create) plain(r *grammar.Reader) {
	c.Name = r.Name(grammar.Depth(c.Kind))
	must, check := c.properties()
	if c.Kind == grammar.KindSchema {
		c.Managed = r.Word("WITH", "MANAGED", "ACCESS")
	}
	if c.Kind == grammar.KindWarehouse {
		r.Word("WITH")
	}
	c.Got = r.ReadProperties(c.Kind, c.Known, false)
	r.Ended()
	for _, word := range must {
		if _, ok := c.Got[word]; !ok {
			panic(grammar.MissingProperty(word))
		}
	}
	if check != nil {
		if err := check(); err != nil {
			panic(err)
		}
	}
}

// properties sets the properties that the kind has, and returns the required ones and a check of their values.
func (c *Create) properties() (must []string, check func() *grammar.Error) {
	switch {
	case c.Category == "EXTERNAL ACCESS":
		c.Known = grammar.AccessProperties()
		return []string{"ENABLED"}, nil
	case c.Category == "SECURITY":
		c.Known = grammar.OtherIntegrationProperties()
		return []string{"TYPE"}, nil
	case c.Category != "":
		c.Known = grammar.OtherIntegrationProperties()
		return nil, nil
	case c.Kind == grammar.KindSecret:
		c.Known = grammar.SecretProperties()
		return []string{"TYPE"}, func() *grammar.Error { return grammar.CheckSecret(c.Got["TYPE"].Text, c.Got, true) }
	case c.Kind == grammar.KindRule: // IF NOT EXISTS is not on its page, but accounts accept it
		c.Known = grammar.RuleProperties()
		return []string{"TYPE", "VALUE_LIST"}, c.checkRule
	case c.Kind == grammar.KindPool:
		c.Known = grammar.PlainProperties(c.Kind)
		return []string{"MIN_NODES", "MAX_NODES", "INSTANCE_FAMILY"}, nil
	default:
		c.Known = grammar.PlainProperties(c.Kind)
		return nil, nil
	}
}

// checkRule checks the hosts and the mode of a network rule, and fills in the mode.
func (c *Create) checkRule() *grammar.Error {
	if err := grammar.CheckHosts(c.Got["TYPE"].Text, c.Got["VALUE_LIST"].Texts); err != nil {
		return err
	}
	if _, ok := c.Got["MODE"]; !ok {
		c.Got["MODE"] = grammar.Given{Text: "INGRESS"}
	}
	if isHost, mode := c.Got["TYPE"].Text == "HOST_PORT", c.Got["MODE"].Text; isHost != (mode == "EGRESS") && c.Got["TYPE"].Text != "IPV4" && c.Got["TYPE"].Text != "PRIVATE_HOST_PORT" {
		return grammar.InvalidValue(mode, "MODE")
	}
	return nil
}

// streamlit reads CREATE STREAMLIT from the name, including the legacy form with ROOT_LOCATION.
func (c *Create) streamlit(r *grammar.Reader) {
	c.Name = r.Name(3)
	if r.Word("FROM") {
		c.From = r.Place()
	}
	c.Known = grammar.StreamlitProperties(false)
	if c.From == "" {
		c.Known["ROOT_LOCATION"] = grammar.TextProperty()
	}
	c.Got = r.ReadProperties(c.Kind, c.Known, false)
	if c.From == "" && r.Word("FROM") { // the page's example has it first; SQL accepts any order
		c.From = r.Place()
		for word, g := range r.ReadProperties(c.Kind, c.Known, false) {
			c.Got[word] = g
		}
	}
	if r.Is("EXECUTE", "AS") {
		r.Skip(2)
		r.One("OWNER", "CALLER")
		if c.Got["RUNTIME_NAME"].Text != WarehouseRuntime {
			panic(grammar.Compile(1008, "22023", "STREAMLIT_NO_EXECUTION_MODE_CONTAINER_RUNTIME: EXECUTE AS is not supported by container runtimes."))
		}
	}
	if _, legacy := c.Got["ROOT_LOCATION"]; !legacy {
		return
	}
	if c.From != "" {
		panic(grammar.InvalidProperty("ROOT_LOCATION", grammar.KindStreamlit))
	}
	for _, word := range []string{"RUNTIME_NAME", "COMPUTE_POOL", "SECRETS", "ARTIFACT_REPOSITORIES"} {
		if _, ok := c.Got[word]; ok {
			panic(grammar.InvalidProperty(word, grammar.KindStreamlit))
		}
	}
	if _, ok := c.Got["MAIN_FILE"]; !ok {
		panic(grammar.MissingProperty("MAIN_FILE"))
	}
}

// function reads CREATE FUNCTION from the name.
func (c *Create) function(r *grammar.Reader, secure bool) {
	f := &grammar.Function{Secure: secure, Language: "SQL"}
	c.Function = f
	n := r.Name(3)
	f.Arguments = r.Arguments()
	c.Name = grammar.FunctionName(n, f.Arguments)
	c.CopyGrants = r.Word("COPY", "GRANTS")
	r.Need("RETURNS")
	f.Returns = r.DataType()
	r.Word("NOT", "NULL")
	c.Known, c.Got = grammar.FunctionProperties(), map[string]grammar.Given{}
	for !r.Is("AS") {
		c.functionClause(r)
	}
	r.Need("AS")
	f.Body = r.Text()
	if err := grammar.CheckFunction(c.Got, f); err != nil {
		panic(err)
	}
}

// functionClause reads one clause of CREATE FUNCTION.
func (c *Create) functionClause(r *grammar.Reader) {
	switch {
	case r.Word("LANGUAGE"):
		c.Function.Language = r.One("PYTHON", "SQL", "JAVASCRIPT", "JAVA", "SCALA")
		if language := c.Function.Language; language != "PYTHON" && language != "SQL" {
			panic(grammar.Unsupported("LANGUAGE " + language))
		}
	case r.Word("CALLED", "ON", "NULL", "INPUT"), r.Word("RETURNS", "NULL", "ON", "NULL", "INPUT"),
		r.Word("STRICT"), r.Word("VOLATILE"), r.Word("IMMUTABLE"), r.Word("MEMOIZABLE"):
	default:
		got := r.ReadProperties(c.Kind, c.Known, false)
		if len(got) == 0 {
			r.Fail()
		}
		for word, g := range got {
			if _, twice := c.Got[word]; twice {
				panic(grammar.Compile(1424, "22023", "duplicate property '%s' for 'FUNCTION'", word))
			}
			c.Got[word] = g
		}
	}
}

package snowflake

// Create returns the statements that create a resource if it is missing, in order, and none for a resource that the app
// only uses. They leave existing objects unchanged, except the functions that return secrets, which belong to the app
// alone and keep their grants.
func (r Resource) Create(s Spelling) []Statement {
	if !r.Managed {
		return nil
	}
	st := Statement{Ref: r.Ref, Role: r.Owner, Slots: r.Slots()}
	switch r.Kind {
	case KindUpload:
		return []Statement{st}
	case KindGrant:
		st.SQL = s.Grant(r.Grant)
		return []Statement{st}
	case KindStreamlit:
		st.SQL = r.create(s)
		return []Statement{st, r.AddLiveVersion(s)}
	default:
		st.SQL = r.create(s)
		return []Statement{st}
	}
}

// create returns the CREATE statement of a resource. The reference pages of CREATE NETWORK RULE and CREATE EXTERNAL
// ACCESS INTEGRATION do not mention IF NOT EXISTS, but Snowflake accepts it, as public scripts show, and it leaves
// objects that others may use unchanged.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func (r Resource) create(s Spelling) string {
	head := "CREATE " + r.Kind.SQL() + " IF NOT EXISTS "
	if r.Replace {
		head = "CREATE OR REPLACE SECURE " + r.Kind.SQL() + " "
	}
	clauses := make([]string, 0, len(r.Properties))
	body := ""
	for _, p := range r.Properties {
		clauses = append(clauses, p.clause(s))
		if p.Clause == ClauseBody {
			body = "\nAS " + p.Value.SQL(s)
		}
	}
	return Clauses(head+s.Ref(r.Ref), clauses...) + body
}

// AddLiveVersion returns the statement that publishes the files that CREATE STREAMLIT copied.
// https://docs.snowflake.com/en/sql-reference/sql/alter-streamlit
func (r Resource) AddLiveVersion(s Spelling) Statement {
	return Statement{Ref: r.Ref, Role: r.Owner, SQL: "ALTER STREAMLIT " + s.SQL(r.Name) + " ADD LIVE VERSION FROM LAST"}
}

// Alter returns an ALTER statement for a resource.
func (r Resource) Alter(s Spelling, verb string, clauses ...string) Statement {
	return Statement{Ref: r.Ref, Role: r.Owner, SQL: Clauses("ALTER "+r.Kind.SQL()+" "+s.Ref(r.Ref)+" "+verb, clauses...)}
}

// SetValue returns the statement that sets a new value of an existing secret; ok is false for any other resource.
func (r Resource) SetValue(s Spelling) (st Statement, ok bool) {
	slots := r.Slots()
	if r.Kind != KindSecret || !r.Managed || len(slots) == 0 {
		return Statement{}, false
	}
	var clauses []string
	for _, p := range r.Properties {
		if _, isSlot := p.Value.Slot(); isSlot {
			clauses = append(clauses, p.set(s))
		}
	}
	st = r.Alter(s, "SET", clauses...)
	st.Slots = slots
	return st, true
}

// Drop returns the statement that removes an object, a grant or uploaded files.
func (s Spelling) Drop(r Ref) string {
	switch r.Kind {
	case KindGrant:
		return s.Revoke(r.Grant)
	case KindUpload:
		return "REMOVE " + Literal(s.Ref(r)+"/")
	case KindSchema:
		return "DROP SCHEMA IF EXISTS " + s.SQL(r.Name) + " RESTRICT"
	default:
		return "DROP " + r.Kind.On() + " IF EXISTS " + s.Ref(r)
	}
}

// Set returns an ALTER … SET of the properties; empty ones are left out.
func (r Resource) Set(s Spelling, properties []Property) Statement {
	clauses := make([]string, 0, len(properties))
	for _, p := range properties {
		clauses = append(clauses, p.clause(s))
	}
	return r.Alter(s, "SET", clauses...)
}

package resources

import "sleet/snowflake"

// place creates the schema and the stage, and sets the session's database and schema.
// https://docs.snowflake.com/en/sql-reference/sql/create-schema
// https://docs.snowflake.com/en/sql-reference/sql/create-stage
func (a *Parsed) place() []step {
	var list []step
	if !a.Database.IsZero() {
		list = append(list, a.use(snowflake.OnDatabase, a.Database))
	}
	if !a.Schema.IsZero() {
		list = append(list, step{
			Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSchema, Name: a.Schema}, Managed: true},
			why:      a.text("file.sql.schema"),
		}, a.use(snowflake.OnSchema, a.Schema))
	}
	return append(list, step{
		Resource: snowflake.Resource{
			Ref: snowflake.Ref{Kind: snowflake.KindStage, Name: a.Stage}, Managed: true,
			// LIST shows a file's own MD5 only with server-side encryption.
			Properties: []snowflake.Property{{Name: "ENCRYPTION", Value: snowflake.WordValue("(TYPE = 'SNOWFLAKE_SSE')"), Created: true}},
		},
		why: a.text("file.sql.stage"),
	})
}

// use sets the session's database or schema.
func (a *Parsed) use(kind string, name snowflake.Name) step {
	return step{
		Resource: snowflake.Resource{Ref: snowflake.Ref{Kind: snowflake.KindSession, Name: name}},
		use:      "USE " + kind + " " + a.SQL(name),
	}
}

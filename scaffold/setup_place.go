package scaffold

import "sleet/snowflake"

// place makes the schema and the stage, and makes the schema the session's.
// https://docs.snowflake.com/en/sql-reference/sql/create-schema
// https://docs.snowflake.com/en/sql-reference/sql/create-stage
func (o *objects) place() []snowflake.Statement {
	var list []snowflake.Statement
	if o.database != "" {
		list = append(list, snowflake.Statement{
			Kind: snowflake.KindSession, Name: o.database, SQL: "USE DATABASE " + o.database,
		})
	}
	if o.schema != "" {
		list = append(list, snowflake.Statement{
			Kind: snowflake.KindSchema,
			Name: o.schema,
			SQL:  "CREATE SCHEMA IF NOT EXISTS " + o.schema,
			Why: o.tell(say(
				"Where the schema exists and the role may not create one, delete this line.",
				"スキーマが既にあり、ロールにスキーマの作成権限がない場合は、この行を削除してください。")),
		}, snowflake.Statement{
			Kind: snowflake.KindSession, Name: o.schema, SQL: "USE SCHEMA " + o.schema,
		})
	}
	return append(list, snowflake.Statement{
		Kind: snowflake.KindStage,
		Name: o.stage,
		// The MD5 that LIST shows is the file's own only with server-side encryption.
		SQL:  snowflake.Clauses("CREATE STAGE IF NOT EXISTS "+o.stage, "ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE')"),
		Undo: "REMOVE " + snowflake.Literal(o.location+"/"),
		Why: o.tell(say(
			"The files of the app are uploaded here. The encryption cannot be changed later.",
			"アプリのファイルのアップロード先です。暗号化の種類は後から変更できません。")),
	})
}

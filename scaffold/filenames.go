package scaffold

// Paths of an app's files, relative to its folder. They are the same for every app.
const (
	SecretsFile  = ".streamlit/secrets.toml"
	ConfigFile   = ".streamlit/config.toml"
	CondaFile    = "environment.yml"
	PipFile      = "requirements.txt"
	ProjectYML   = "snowflake.yml"
	StreamlitDir = ".streamlit"
	MigrateFile  = "sql/migrate.sql"
	RollbackFile = "sql/rollback.sql"
	ManualFile   = "MIGRATION.md" // the list of manual work after a migration
)

// AnswersFile is the file that stores the answers.
const AnswersFile = "sleet.toml"

// SchemaFile is the file for the JSON Schema of the answers, which `sleet schema` prints.
const SchemaFile = "sleet.schema.json"

// LockFile is the file that uv writes beside pyproject.toml.
const LockFile = "uv.lock"

// PyprojectFile lists the packages in a runtime that installs them from a Python package index.
const PyprojectFile = "pyproject.toml"

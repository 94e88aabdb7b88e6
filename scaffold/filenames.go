package scaffold

// The files of an app by their paths in its folder, which all have the same names in every app.
const (
	SecretsFile  = ".streamlit/secrets.toml"
	ConfigFile   = ".streamlit/config.toml"
	CondaFile    = "environment.yml"
	PipFile      = "requirements.txt"
	ProjectYML   = "snowflake.yml"
	StreamlitDir = ".streamlit"
	MigrateFile  = "sql/migrate.sql"
	RollbackFile = "sql/rollback.sql"
)

// AnswersFile is the file that keeps the answers.
const AnswersFile = "sleet.toml"

// LockFile is the file that uv writes beside pyproject.toml.
const LockFile = "uv.lock"

// PyprojectFile lists the packages of a runtime that takes them from a Python package index.
const PyprojectFile = "pyproject.toml"

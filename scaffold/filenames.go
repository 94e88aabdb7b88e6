package scaffold

// The files of an app by their paths in its folder, which all have the same names in every app.
const (
	secretsFile  = ".streamlit/secrets.toml"
	configFile   = ".streamlit/config.toml"
	condaFile    = "environment.yml"
	pipFile      = "requirements.txt"
	projectYML   = "snowflake.yml"
	streamlitDir = ".streamlit"
)

// AnswersFile is the file that keeps the answers.
const AnswersFile = "sleet.toml"

// LockFile is the file that uv writes beside pyproject.toml.
const LockFile = "uv.lock"

// pyprojectFile lists the packages of a runtime that takes them from a Python package index.
const pyprojectFile = "pyproject.toml"

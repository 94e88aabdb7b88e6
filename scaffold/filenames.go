package scaffold

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

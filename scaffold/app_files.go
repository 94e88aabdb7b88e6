package scaffold

// AppFiles returns the paths of the generated files that the app needs on the stage, the main file
// first.
func AppFiles(a App) []string {
	files := []string{a.App.MainFile, a.PackageFile(), ConfigFile}
	if WritesValues(a) {
		files = append(files, SecretsFile)
	}
	return files
}

// WritesValues reports whether the app has a .streamlit/secrets.toml: it has non-secret values, and
// its runtime reads the file.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func WritesValues(a App) bool { return Facts(a.App.Runtime).SecretsFile && len(a.Values) > 0 }

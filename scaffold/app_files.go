package scaffold

// AppFiles lists the generated files that belong to the app itself, the main file first: what has
// to be on the stage.
func AppFiles(a App) []string {
	files := []string{a.App.MainFile, a.PackageFile(), ConfigFile}
	if WritesValues(a) {
		files = append(files, SecretsFile)
	}
	return files
}

// WritesValues reports whether the app has a .streamlit/secrets.toml: values that are not secrets, in a runtime that reads the file.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func WritesValues(a App) bool { return Facts(a.App.Runtime).SecretsFile && len(a.Values) > 0 }

package generate

import (
	"strings"

	"sleet/scaffold"
	"sleet/ui/message"
)

// gitignore returns .gitignore. It excludes a developer's own .streamlit/secrets.toml. The one that
// sleet writes contains no secrets and belongs to the app, so it is not ignored.
func gitignore(a scaffold.App) []byte {
	var b strings.Builder
	part := func(id message.ID, lines ...string) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(remark(a.App.Language.Text(id)))
		for _, line := range lines {
			b.WriteString(line + "\n")
		}
	}
	part("file.gitignore.python",
		".venv/", "__pycache__/", "*.pyc", ".pytest_cache/", ".ruff_cache/")
	if !scaffold.WritesValues(a) {
		part("file.gitignore.secrets",
			"/"+scaffold.SecretsFile)
	} else {
		part("file.gitignore.values")
	}
	part("file.gitignore.cli",
		"/output/bundle/", "/output/deploy/", "/snowflake.local.yml")
	part("file.gitignore.sleet",
		".*"+strings.Repeat("[0-9]", 10))
	part("file.gitignore.system",
		".DS_Store", "Thumbs.db")
	return []byte(b.String())
}

package uv

import (
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// FuzzManifest checks manifests before uv reads them: valid TOML stays valid in a workspace of its own, and a manifest
// with a build system is always refused.
func FuzzManifest(f *testing.F) {
	for _, text := range []string{
		"[project]\nname='a'\ndependencies=['x @ file:///a']\n", "[build-system]\nrequires=[]\n", "[tool.uv]\nindex-url='http://x'\n", "[tool.uv.workspace]\n", "[project]\ndynamic=['version']\n", "a = ", "[tool]\nuv = {package = true}\n", "[dependency-groups]\na=[{include-group='b'}]\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		why := manifestRuns(data)
		var file map[string]any
		if toml.Unmarshal(data, &file) != nil {
			return
		}
		if _, ok := file["build-system"].(map[string]any); ok && why.IsZero() {
			t.Errorf("manifestRuns(%q) accepts a build system", data)
		}
		if err := toml.Unmarshal(ownWorkspace(data), &file); err != nil {
			t.Errorf("ownWorkspace(%q) is not valid TOML: %v", data, err)
		}
	})
}

package uv

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"sleet/scaffold"
	"sleet/scaffold/workspace"
	"sleet/snowflake/safely"
	"sleet/ui/message"
)

// ManifestError reports that uv was not run because pyproject.toml needs more than packages from an index: uv would run
// code of the folder, or use settings that only the person can trust.
type ManifestError struct{ Why message.Message }

// Error returns the reason.
func (e *ManifestError) Error() string { return e.Message().String() }

// Message returns the message.
func (e *ManifestError) Message() message.Message {
	return message.New("new.lock.manifest", "why", e.Why)
}

// KeptPyproject reports whether writing kept a pyproject.toml that the person edited. sleet runs uv only on what it
// wrote itself.
func KeptPyproject(r workspace.Result) bool { return slices.Contains(r.Kept, scaffold.PyprojectFile) }

// harmlessSettings are the keys of [tool.uv] that do not change what uv runs or where it downloads from.
// https://docs.astral.sh/uv/reference/settings/#project-metadata
var harmlessSettings = []string{
	"package", "managed", "dev-dependencies", "constraint-dependencies", "override-dependencies", "exclude-dependencies",
	"environments", "required-environments", "default-groups", "required-version",
}

// manifestRuns returns why uv cannot lock a pyproject.toml without running code or using settings of the folder. It
// returns a zero message if the file only lists packages from an index, or is not valid TOML, for which uv has the
// better error.
func manifestRuns(data []byte) message.Message {
	var file struct {
		Build   map[string]any `toml:"build-system"`
		Project struct {
			Dynamic      []any `toml:"dynamic"`
			Dependencies any   `toml:"dependencies"`
			Optional     any   `toml:"optional-dependencies"`
		} `toml:"project"`
		Groups any `toml:"dependency-groups"`
		Tool   struct {
			UV map[string]any `toml:"uv"`
		} `toml:"tool"`
	}
	var limited *safely.LimitError
	if errors.As(safely.CheckTOML(data), &limited) {
		return limited.Limit
	}
	if err := toml.Unmarshal(data, &file); err != nil {
		return message.Message{}
	}
	switch {
	case file.Build != nil:
		return message.New("new.lock.build_system")
	case len(file.Project.Dynamic) > 0:
		return message.New("new.lock.dynamic")
	}
	for _, key := range slices.Sorted(maps.Keys(file.Tool.UV)) {
		if !slices.Contains(harmlessSettings, key) {
			return message.New("new.lock.settings", "key", "tool.uv."+key)
		}
	}
	for _, requirement := range textsIn([]any{file.Project.Dependencies, file.Project.Optional, file.Groups, file.Tool.UV}) {
		if local(requirement) {
			return message.New("new.lock.local", "requirement", requirement)
		}
	}
	return message.Message{}
}

// ownWorkspace makes a pyproject.toml the root of its own workspace, so that uv does not look for one in the folders
// above: another user may have put one into the temporary folder. The lock is the same.
// https://docs.astral.sh/uv/concepts/projects/workspaces/
func ownWorkspace(manifest []byte) []byte {
	alone := slices.Concat(manifest, []byte("\n[tool.uv.workspace]\n"))
	if err := toml.Unmarshal(alone, &map[string]any{}); err != nil {
		return manifest
	}
	return alone
}

// local reports whether a requirement has a direct reference other than an HTTP URL: a folder, a file, or a Git
// repository.
// https://packaging.python.org/en/latest/specifications/dependency-specifiers/
func local(requirement string) bool {
	_, place, direct := strings.Cut(requirement, "@")
	place = strings.ToLower(strings.TrimSpace(place))
	return direct && !strings.HasPrefix(place, "https://") && !strings.HasPrefix(place, "http://")
}

// textsIn returns all strings in a TOML value.
func textsIn(value any) []string {
	var texts []string
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		for _, one := range v {
			texts = append(texts, textsIn(one)...)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			texts = append(texts, textsIn(v[key])...)
		}
	}
	return texts
}

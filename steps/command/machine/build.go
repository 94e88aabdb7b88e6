package machine

import (
	"cmp"
	"runtime"
	"runtime/debug"
	"strings"
)

// Build describes the source that a binary was built from.
type Build struct {
	// Version is the release, without a leading v, or "dev".
	Version string
	// Commit is the short hash of the commit; empty if the Go command recorded none. Modified reports whether the tree
	// differed from it.
	Commit   string
	Modified bool
	// Go is the version of Go.
	Go string
}

// String returns what --version prints after "sleet version".
func (b Build) String() string {
	details := make([]string, 0, 2)
	if b.Commit != "" {
		commit := "commit " + b.Commit
		if b.Modified {
			commit += ", modified"
		}
		details = append(details, commit)
	}
	if b.Go != "" {
		details = append(details, b.Go)
	}
	if len(details) == 0 {
		return b.Version
	}
	return b.Version + " (" + strings.Join(details, ", ") + ")"
}

// buildOf returns the Build that the Go command recorded. The version is the commit's tag, which the Go command stamps
// into the binary: no linker flag is needed.
func buildOf(info *debug.BuildInfo) Build {
	b := Build{Version: "dev", Go: cmp.Or(info.GoVersion, runtime.Version())}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = strings.TrimPrefix(v, "v")
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			b.Commit = setting.Value[:min(len(setting.Value), 12)]
		case "vcs.modified":
			b.Modified = setting.Value == "true"
		}
	}
	return b
}

// ThisBuild returns the Build of the running binary.
func ThisBuild() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return buildOf(info)
}

package machine

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestBuild(t *testing.T) {
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "b71afb8f8a6c81ee9867b82ed0eed9d1cd0d7eba"}
	for want, info := range map[string]debug.BuildInfo{
		"dev (" + runtime.Version() + ")": {},
		"dev (go1.30)":                    {GoVersion: "go1.30", Main: debug.Module{Version: "(devel)"}},
		"1.2.3 (commit b71afb8f8a6c, go1.30)": {
			GoVersion: "go1.30", Main: debug.Module{Version: "v1.2.3"},
			Settings: []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "false"}},
		},
		"1.2.3+dirty (commit b71afb8f8a6c, modified, go1.30)": {
			GoVersion: "go1.30", Main: debug.Module{Version: "v1.2.3+dirty"},
			Settings: []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "true"}},
		},
		"dev (commit abc, go1.30)": {GoVersion: "go1.30", Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}}},
	} {
		if got := buildOf(&info).String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

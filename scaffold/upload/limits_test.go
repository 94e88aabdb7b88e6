package upload

import (
	"runtime"
	"strings"
	"testing"
)

// TestDeepTOML checks that a small file does not exhaust the memory.
func TestDeepTOML(t *testing.T) {
	deep := []byte("a" + strings.Repeat(".a", 3000) + " = 1\n")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if reason := credentialInTOML(deep); reason != "" || !hasProject(deep) {
		t.Errorf("credentialInTOML = %q, hasProject = false", reason)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("%d bytes for %d", used, len(deep))
	}
}

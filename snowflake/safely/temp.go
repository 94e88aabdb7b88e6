package safely

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// ours are the names of the folders that TempFolder makes; the first number, which older versions leave out, is that of the process.
var ours = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^sleet-[a-z]+-(?:(\d+)-)?\d+$`) })

// TempFolder makes a folder in the temporary one, for its owner alone, which the caller removes. Those that killed runs left behind
// are removed first.
func TempFolder(kind string) (string, error) {
	sweep(os.TempDir(), time.Now())
	dir, err := os.MkdirTemp("", fmt.Sprintf("sleet-%s-%d-*", kind, os.Getpid()))
	if err != nil {
		return "", fmt.Errorf("make a temporary folder: %w", err)
	}
	return dir, nil
}

// sweep removes what is older than an hour and whose process is gone. What is somebody else's the system keeps.
func sweep(temp string, now time.Time) {
	entries, err := os.ReadDir(temp)
	if err != nil {
		return
	}
	for _, e := range entries {
		name := ours().FindStringSubmatch(e.Name())
		if name == nil || !e.IsDir() {
			continue
		}
		if process, err := strconv.Atoi(name[1]); err == nil && running(process) {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(filepath.Join(temp, e.Name()))
		}
	}
}

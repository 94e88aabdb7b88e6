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

// folderName matches the names of folders that TempFolder creates. The first number is the process id, which older versions
// omit.
var folderName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^sleet-[a-z]+-(?:(\d+)-)?\d+$`) })

// TempFolder creates a folder in the system's temporary folder that only its owner can read. The caller removes it. It
// also removes folders that killed runs left behind.
func TempFolder(kind string) (string, error) {
	sweep(os.TempDir(), time.Now())
	return os.MkdirTemp("", fmt.Sprintf("sleet-%s-%d-*", kind, os.Getpid())) //nolint:wrapcheck // It names the folder.
}

// sweep removes folders that are older than an hour and whose process is gone. The system protects those of other
// users.
func sweep(temp string, now time.Time) {
	entries, err := os.ReadDir(temp)
	if err != nil {
		return
	}
	for _, e := range entries {
		name := folderName().FindStringSubmatch(e.Name())
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

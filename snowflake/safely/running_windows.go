package safely

import "os"

// running reports whether a process is there.
func running(process int) bool {
	p, err := os.FindProcess(process) // it fails for one that is gone
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}

package safely

import "os"

// running reports whether a process exists.
func running(process int) bool {
	p, err := os.FindProcess(process) // fails if the process is gone
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}

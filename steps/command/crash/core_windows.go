package crash

// DisableCoreDumps does nothing: Windows writes no core file beside the program.
func DisableCoreDumps() {}

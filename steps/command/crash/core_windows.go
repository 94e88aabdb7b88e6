package crash

// NoCore does nothing: Windows writes no core file beside the program.
func NoCore() {}

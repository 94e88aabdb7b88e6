package crash

// NoCore has nothing to do: Windows writes no core file beside the program.
func NoCore() {}

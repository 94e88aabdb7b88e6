package command

// noCore has nothing to do: Windows writes no core file beside the program.
func noCore() {}

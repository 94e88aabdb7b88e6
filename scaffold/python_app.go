package scaffold

func appPython(App) []byte { return nil }

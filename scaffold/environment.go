package scaffold

func environmentYML(App) []byte { return nil }

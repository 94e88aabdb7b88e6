package scaffold

func gitignore(App) []byte { return nil }

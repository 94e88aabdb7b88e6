package scaffold

func secretsTOML(App) []byte { return nil }

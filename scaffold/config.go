package scaffold

func configTOML(App) []byte { return nil }

package scaffold

func pyprojectTOML(App) []byte { return nil }

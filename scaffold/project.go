package scaffold

func snowflakeYML(App) []byte { return nil }

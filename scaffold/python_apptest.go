package scaffold

func testPython(App) []byte { return nil }

package scaffold

// Problems finds everything wrong with the answers: errors first, then warnings.
func (a App) Problems() []Problem { return nil }

package scaffold

// AnswersFile is the file that keeps the answers.
const AnswersFile = "sleet.toml"

// Parse reads sleet.toml strictly. name is the file's name for errors, which are *ParseError.
func Parse(name string, data []byte) (App, error) { return App{}, nil }

// TOML writes the answers canonically; Parse of it gives an equal App.
func (a App) TOML() []byte { return nil }

// Set assigns one answer as --set does: "app.runtime=warehouse"; the value is TOML, or a bare
// string where the field is one. Errors are *ParseError.
func (a App) Set(assignment string) (App, error) { return a, nil }

// ParseError is a place in sleet.toml and what is wrong there.
type ParseError struct {
	File         string
	Line, Column int // from 1; 0 when there is no place
	Message, Fix string
}

func (e *ParseError) Error() string { return e.Message }

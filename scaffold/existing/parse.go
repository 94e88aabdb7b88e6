package existing

import (
	"errors"

	"sleet/scaffold/python"
	"sleet/scaffold/python/token"
)

// parsePython parses a Python file.
func parsePython(src []byte) (*python.File, *token.Error) {
	file, err := python.Parse(src)
	if err == nil {
		return file, nil
	}
	var refused *token.Error
	if !errors.As(err, &refused) {
		refused = &token.Error{Reason: err.Error()}
	}
	return nil, refused
}

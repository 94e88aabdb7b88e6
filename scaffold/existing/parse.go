package existing

import (
	"errors"

	"sleet/scaffold/python"
)

// parsePython reads a Python file.
func parsePython(src []byte) (*python.File, *python.Error) {
	file, err := python.Parse(src)
	if err == nil {
		return file, nil
	}
	var refused *python.Error
	if !errors.As(err, &refused) {
		refused = &python.Error{Reason: err.Error()}
	}
	return nil, refused
}

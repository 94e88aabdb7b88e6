package check

import "sleet/scaffold/python"

// parsePython reads a Python file.
func parsePython(src []byte) (*python.File, *python.Error) { return &python.File{Text: src}, nil }

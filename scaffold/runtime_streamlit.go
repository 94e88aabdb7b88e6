package scaffold

import "sleet/scaffold/pep508"

// streamlitFloor is a version of Streamlit and the oldest Python that it and later versions
// support.
type streamlitFloor struct{ streamlit, python string }

// streamlitFloors are the versions that dropped a Python of the warehouse runtime, newest first.
// https://docs.streamlit.io/develop/quick-reference/release-notes/2025
var streamlitFloors = []streamlitFloor{{"1.51.0", "3.10"}}

// MinPython returns the oldest Python that a version of Streamlit supports, "" if it supports
// every Python of every runtime.
func MinPython(streamlit string) string {
	for _, floor := range streamlitFloors {
		if pep508.AtLeast(streamlit, floor.streamlit) {
			return floor.python
		}
	}
	return ""
}

// Streamlit returns the version or range that sleet writes by default for a version of Python. From
// a fixed list this is the newest that supports it.
func (f RuntimeFacts) Streamlit(python string) string {
	for i := len(f.Streamlits) - 1; i >= 0; i-- {
		if RunsOn(f.Streamlits[i], python) {
			return f.Streamlits[i]
		}
	}
	return f.DefaultStreamlit
}

// RunsOn reports whether a version of Streamlit supports a version of Python.
func RunsOn(streamlit, python string) bool {
	least := MinPython(streamlit)
	return least == "" || pep508.AtLeast(python, least)
}

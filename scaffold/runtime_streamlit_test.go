package scaffold

import "testing"

func TestStreamlitOfPython(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		runtime      Runtime
		python, want string
	}{
		{Warehouse, "3.11", "1.52.2"},
		{Warehouse, "3.10", "1.52.2"},
		{Warehouse, "3.9", "1.50.0"},
		{Container, "3.11", ">=1.50,<2"},
	} {
		a := App{App: Identity{Runtime: tt.runtime}, Python: Python{Version: tt.python}}
		if got := a.Resolve().Python.Streamlit; got != tt.want {
			t.Errorf("Resolve() of a %s app with Python %s: Streamlit = %q, want %q", tt.runtime, tt.python, got, tt.want)
		}
	}
}

func TestDefaultStreamlitIsTheNewest(t *testing.T) {
	t.Parallel()
	for _, f := range Runtimes() {
		if got := f.Streamlit(DefaultPython); got != f.DefaultStreamlit {
			t.Errorf("%s: DefaultStreamlit = %s, but the newest for Python %s is %s", f.Runtime, f.DefaultStreamlit, DefaultPython, got)
		}
	}
}

package scope

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sleet/scaffold/python/ast"
)

func TestCatches(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		except  string
		want    []string
		imports bool
	}{
		{"except", []string{"builtins.BaseException"}, true},
		{"except Exception", []string{"builtins.Exception"}, true},
		{"except ImportError as e", []string{"builtins.ImportError"}, true},
		{"except (KeyError, ModuleNotFoundError)", []string{"builtins.KeyError", "builtins.ModuleNotFoundError"}, true},
		{"except (KeyError, m.Own)", []string{"builtins.KeyError", "m.Own"}, false},
		{"except shadowed", []string{""}, false},
	} {
		file := mustParse(t, "import m\ndef shadowed(): pass\ntry: pass\n"+test.except+": pass\n")
		try := file.Body[2].(*ast.Try)
		if diff := cmp.Diff(test.want, file.scopes.CaughtExceptions(try.Handlers[0])); diff != "" {
			t.Errorf("Catches(%s) mismatch (-want +got):\n%s", test.except, diff)
		}
		if got := file.scopes.CatchesImportError(try); got != test.imports {
			t.Errorf("CatchesImportError(%s) = %v", test.except, got)
		}
	}
}

func TestDecorators(t *testing.T) {
	t.Parallel()
	file := mustParse(t, "import streamlit as st\nfrom a import b\n@st.cache_data\n@b(1)\n@(lambda f: f)\n@staticmethod\ndef f(): pass\n@b.c\nclass C: pass\n")
	got := [][]string{file.scopes.Decorators(file.Body[2]), file.scopes.Decorators(file.Body[3]), file.scopes.Decorators(file.Body[0])}
	want := [][]string{{"streamlit.cache_data", "a.b", "", "builtins.staticmethod"}, {"a.b.c"}, {}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decorators mismatch (-want +got):\n%s", diff)
	}
}

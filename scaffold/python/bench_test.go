package python

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sleet/scaffold/python/token"
	"sleet/scaffold/testtools"
)

// BenchmarkLib parses CPython's standard library: tokens only, with the tree, and with scopes. On
// one core of a Xeon at 2.8 GHz this is about 140, 20 and 15 MB per second.
func BenchmarkLib(b *testing.B) {
	sources := libSources(b)
	size := 0
	for _, source := range sources {
		size += len(source)
	}
	for _, stage := range []struct {
		name string
		do   func(source []byte) any
	}{
		{"tokens", func(source []byte) any { file, _ := token.Read(source); return file }},
		{"tree", func(source []byte) any { file, _ := parse(source); return file }},
		{"scopes", func(source []byte) any {
			if file, err := parse(source); err == nil {
				return file.Scopes()
			}
			return nil
		}},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, source := range sources {
					runtime.KeepAlive(stage.do(source))
				}
			}
		})
	}
}

// libSources returns the files of the newest standard library on this machine.
func libSources(b *testing.B) [][]byte {
	b.Helper()
	pythons := testtools.Pythons(b)
	lib := pythons[len(pythons)-1].Lib
	var sources [][]byte
	for _, pattern := range []string{"*.py", "*/*.py", "*/*/*.py"} {
		paths, _ := filepath.Glob(filepath.Join(lib, pattern))
		for _, path := range paths {
			source, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			if !strings.Contains(path, "-packages") {
				sources = append(sources, source)
			}
		}
	}
	return sources
}

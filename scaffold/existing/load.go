package existing

import (
	"bytes"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"sleet/scaffold"
	"sleet/ui/message"
)

// The folder of an app is small, and its whole content is kept. A folder with more bytes than this also contains
// libraries or data: only the parts that may matter are kept, and the rest is read again when needed.
const (
	maxKept   = 8 << 20
	maxParsed = 1 << 20 // of Python, whose trees are many times the size of the text
)

// maxRead is the number of bytes of Python up to which a folder is parsed completely. In a larger folder, only files
// that may matter are parsed: those that an app reaches, that mention Streamlit or Snowflake, or that import from one
// that does. A syntax error is reported only in one of them.
var maxRead = int64(4 << 20) //nolint:gochecknoglobals // Tests change it.

// loading is a file to read.
type loading struct {
	path string
	size int64
}

// load reads the files that walk found, several at a time.
func (r *reading) load() {
	var mu sync.Mutex
	refused := map[string]message.Message{}
	count := len(r.paths) - len(r.loads)
	each(r.loads, func(l loading, buffer *[]byte) {
		data, why := readFile(r.root, l.path, buffer)
		kept := data
		var s *source
		switch {
		case !why.IsZero():
		case isPython(l.path):
			s = r.source(l.path, data)
			if r.selects() && utf8.Valid(data) {
				s.guess(data)
			}
			if s.mentions&makesInteresting == 0 && r.pythons > maxKept {
				kept = nil
			}
		case r.others > maxKept && !matters(l.path, data):
			kept = nil
		}
		kept = bytes.Clone(kept)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case !why.IsZero():
			refused[l.path] = why
		case s != nil:
			s.data = kept
			r.sources[l.path] = s
		case kept != nil:
			r.files[l.path] = kept
		}
		count++
		r.seen(count)
	})
	for _, l := range r.loads {
		if why, is := refused[l.path]; is {
			r.skip(l.path, 0, why)
		}
	}
}

// source returns a source for a content, which the caller may or may not keep.
func (r *reading) source(p string, data []byte) *source {
	base := r.base
	return &source{analysis: r.cache.of(data), path: p, mentions: mentioned(data), read: func() []byte { return readAgain(base, p) }}
}

// large reports whether the folder has so much Python that the trees of unimportant files are dropped.
func (r *reading) large() bool { return r.pythons > maxParsed }

// selects reports whether the folder has so much Python that only files that may matter are parsed.
func (r *reading) selects() bool { return r.pythons > maxRead }

// analyse parses files that are not parsed yet: all of them, or in a large folder those that may matter.
func (r *reading) analyse(sources map[string]*source) {
	may := func(string) bool { return true }
	if r.selects() {
		near := interesting(sources)
		may = func(p string) bool { return near[p] || sources[p].unguessed() }
	}
	var list []*source
	for _, p := range sortedKeys(sources) {
		if s := sources[p]; !s.isParsed() && may(p) {
			list = append(list, s)
		}
	}
	r.parse(list)
}

// parse parses files, several at a time. It keeps the trees of those that may matter.
func (r *reading) parse(list []*source) {
	each(list, func(s *source, _ *[]byte) { s.accepted(!r.large() || s.mentions&makesInteresting != 0) })
}

// each calls do for every element, on as many goroutines as there are processors. Each goroutine has its own buffer.
func each[T any](list []T, do func(T, *[]byte)) {
	next := make(chan T)
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		group.Go(func() {
			var buffer []byte
			for element := range next {
				do(element, &buffer)
			}
		})
	}
	for _, element := range list {
		next <- element
	}
	close(next)
	group.Wait()
}

// matters reports whether a file other than Python is read because of its name, or is SQL that may be about an app.
func matters(p string, data []byte) bool {
	if strings.EqualFold(path.Ext(p), ".sql") {
		upper := bytes.ToUpper(data)
		for _, word := range []string{"STREAMLIT", "SECRET", "NETWORK", "INTEGRATION"} {
			if bytes.Contains(upper, []byte(word)) {
				return true
			}
		}
		return false
	}
	return readsTOML(p) || readsYAML(p) || strings.HasSuffix(p, ".txt") || path.Base(p) == scaffold.LockFile
}

// readFile returns a file's content, which the next call overwrites, or why it is skipped.
func readFile(root *os.Root, p string, buffer *[]byte) (data []byte, refused message.Message) {
	file, err := root.Open(p)
	if err != nil {
		return nil, message.New("finding.skipped.file", "why", plainError(err))
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	if *buffer == nil {
		*buffer = []byte{} // so that an empty file is not nil
	}
	b := bytes.NewBuffer((*buffer)[:0])
	_, err = b.ReadFrom(io.LimitReader(file, maxSource+1))
	*buffer = b.Bytes()
	if err != nil {
		return nil, message.New("finding.skipped.file", "why", plainError(err))
	}
	if b.Len() > maxSource {
		return nil, message.New("finding.skipped.large", "size", maxSource>>20)
	}
	return b.Bytes(), message.Message{}
}

// readAgain returns a file's current content, empty if it no longer exists.
func readAgain(base, p string) []byte {
	root, err := os.OpenRoot(filepath.FromSlash(base))
	if err != nil {
		return nil
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	var buffer []byte
	data, _ := readFile(root, p, &buffer)
	return data
}

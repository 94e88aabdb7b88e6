package snowflaketest

import (
	"crypto/md5" //nolint:gosec // LIST shows an md5.
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// putRequest is a PUT or GET, checked: what the wire must do with files of the client's machine.
type putRequest struct {
	// put is PUT; otherwise it is GET.
	put bool
	// local is the path on the client's machine, as the statement has it after file://; for GET a
	// folder.
	local string
	// files is the stage, folder the path in it: no slash in front, none at the end.
	files  *stageFiles
	folder string
	// location is the stage as the statement names it.
	location string
	// pattern is GET's regular expression.
	pattern                 string
	overwrite, autoCompress bool
	parallel                int64
	sourceCompression       string
}

// stageFiles are the files of a stage, or of one version of an app. It has its own lock: the wire
// writes to it while statements run.
type stageFiles struct {
	mu     sync.Mutex
	files  map[string]stageFile
	serial int
}

// stageFile is one file.
type stageFile struct {
	data     []byte
	modified time.Time
	// serial tells one upload of the same content from another; a copy keeps it.
	serial int
}

// sum is the md5 of what the file holds.
func (f stageFile) sum() string {
	sum := md5.Sum(f.data) //nolint:gosec // See the import.
	return hex.EncodeToString(sum[:])
}

func newStageFiles() *stageFiles { return &stageFiles{files: map[string]stageFile{}} }

// write puts a file at a path, over what is there.
func (f *stageFiles) write(path string, data []byte, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.serial++
	f.files[strings.Trim(path, "/")] = stageFile{data: slices.Clone(data), modified: now, serial: f.serial}
}

// read returns the file at a path.
func (f *stageFiles) read(path string) (stageFile, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	file, ok := f.files[strings.Trim(path, "/")]
	return file, ok
}

// remove takes a file away.
func (f *stageFiles) remove(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.files, path)
}

// under returns the paths that begin with a prefix, sorted: a prefix of the text, not of the folders.
func (f *stageFiles) under(prefix string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var paths []string
	for path := range f.files {
		if strings.HasPrefix(path, prefix) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// copyFrom copies the files of a folder of another stage.
func (f *stageFiles) copyFrom(from *stageFiles, folder string) {
	if folder != "" {
		folder += "/"
	}
	for _, path := range from.under(folder) {
		if file, ok := from.read(path); ok {
			f.mu.Lock()
			f.files[strings.TrimPrefix(path, folder)] = file
			f.serial = max(f.serial, file.serial)
			f.mu.Unlock()
		}
	}
}

// wanted returns the files that a GET is for.
func (p *putRequest) wanted() []string {
	under := p.folder
	if _, one := p.files.read(p.folder); !one && under != "" {
		under += "/"
	}
	paths := p.files.under(under)
	if p.pattern == "" {
		return paths
	}
	pattern, err := regexp.Compile("^(?:" + p.pattern + ")$")
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(paths, func(name string) bool { return !pattern.MatchString(name) })
}

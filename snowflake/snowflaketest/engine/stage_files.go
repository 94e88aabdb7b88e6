package engine

import (
	"crypto/md5" //nolint:gosec // LIST shows an md5.
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// putRequest is a checked PUT or GET: the files of the client's machine that the server must transfer.
type putRequest struct {
	// Put is true for PUT and false for GET.
	Put bool
	// Local is the path on the client's machine, as the statement has it after file://. For GET it is a folder.
	Local string
	// Files is the stage. Folder is the path in it, without leading and trailing slashes.
	Files  *StageFiles
	Folder string
	// location is the location in the statement.
	location string
	// pattern is GET's regular expression.
	pattern                 string
	Overwrite, AutoCompress bool
	Parallel                int64
	SourceCompression       string
}

// StageFiles are the files of a stage or of one version of an app. They have their own lock because the server writes
// to them while statements run.
type StageFiles struct {
	mu     sync.Mutex
	files  map[string]StageFile
	serial int
}

// StageFile is one file.
type StageFile struct {
	Data     []byte
	modified time.Time
	// serial distinguishes uploads of the same content. A copy keeps it.
	serial int
}

// sum returns the md5 of the file's content.
func (f StageFile) sum() string {
	sum := md5.Sum(f.Data) //nolint:gosec // As in the import.
	return hex.EncodeToString(sum[:])
}

func newStageFiles() *StageFiles { return &StageFiles{files: map[string]StageFile{}} }

// Write writes a file to a path, replacing any other.
func (f *StageFiles) Write(path string, data []byte, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.serial++
	f.files[strings.Trim(path, "/")] = StageFile{Data: slices.Clone(data), modified: now, serial: f.serial}
}

// Read returns the file at a path.
func (f *StageFiles) Read(path string) (StageFile, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	file, ok := f.files[strings.Trim(path, "/")]
	return file, ok
}

// remove removes a file.
func (f *StageFiles) remove(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.files, path)
}

// Under returns the paths that have a text prefix, sorted. The prefix need not end at a folder.
func (f *StageFiles) Under(prefix string) []string {
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
func (f *StageFiles) copyFrom(from *StageFiles, folder string) {
	if folder != "" {
		folder += "/"
	}
	for _, path := range from.Under(folder) {
		if file, ok := from.Read(path); ok {
			f.mu.Lock()
			f.files[strings.TrimPrefix(path, folder)] = file
			f.serial = max(f.serial, file.serial)
			f.mu.Unlock()
		}
	}
}

// Wanted returns the paths of the files that a GET requests.
func (p *putRequest) Wanted() []string {
	under := p.Folder
	if _, one := p.Files.Read(p.Folder); !one && under != "" {
		under += "/"
	}
	paths := p.Files.Under(under)
	if p.pattern == "" {
		return paths
	}
	pattern, err := regexp.Compile("^(?:" + p.pattern + ")$")
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(paths, func(name string) bool { return !pattern.MatchString(name) })
}

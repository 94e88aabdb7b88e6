package snowflaketest

import (
	"fmt"
	"path"
	"strings"
)

// WriteFile writes a file to a location, as a role: to @STAGE/app.py, or to a live version at
// snow://streamlit/NAME/versions/live/app.py, as somebody does who edits the app in Snowsight.
func (a *Account) WriteFile(role, location string, content []byte) error {
	files, at, err := a.filesOf(role, location, "WRITE")
	if err != nil {
		return err
	}
	files.write(at, content, a.engine.options.now())
	return nil
}

// ReadFiles returns the files under a location by their paths, as a role.
func (a *Account) ReadFiles(role, location string) (map[string]string, error) {
	files, prefix, err := a.filesOf(role, strings.TrimRight(location, "/")+"/", "READ")
	if err != nil {
		return nil, err
	}
	contents := map[string]string{}
	for _, name := range files.under(prefix) {
		if f, ok := files.read(name); ok {
			contents[strings.TrimPrefix(path.Clean("/"+strings.TrimPrefix(name, prefix)), "/")] = string(f.data)
		}
	}
	return contents, nil
}

func (a *Account) filesOf(role, location, privilege string) (*stageFiles, string, error) {
	s := a.engine.session("SLEET", role, "APPS", "PUBLIC", "")
	a.engine.mu.Lock()
	defer a.engine.mu.Unlock()
	files, at, err := s.filesAt(location, privilege)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", location, err)
	}
	return files, at, nil
}

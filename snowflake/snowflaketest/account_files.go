package snowflaketest

import (
	"path"
	"strings"
)

// WriteFile writes a file as a role to a stage path such as @STAGE/app.py or, like an edit in Snowsight, to a live
// version such as snow://streamlit/NAME/versions/live/app.py.
func (a *Account) WriteFile(role, location string, content []byte) error {
	files, at, err := a.engine.Files(role, location, "WRITE")
	if err != nil {
		return err
	}
	files.Write(at, content, a.engine.Options.Now())
	return nil
}

// ReadFiles reads the files under a location as a role, and returns them by path.
func (a *Account) ReadFiles(role, location string) (map[string]string, error) {
	files, prefix, err := a.engine.Files(role, strings.TrimRight(location, "/")+"/", "READ")
	if err != nil {
		return nil, err
	}
	contents := map[string]string{}
	for _, name := range files.Under(prefix) {
		if f, ok := files.Read(name); ok {
			contents[strings.TrimPrefix(path.Clean("/"+strings.TrimPrefix(name, prefix)), "/")] = string(f.Data)
		}
	}
	return contents, nil
}

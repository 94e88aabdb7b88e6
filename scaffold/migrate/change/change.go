package change

import (
	"fmt"
	"path"

	"sleet/ui/message"
)

// Kind is what an edit is about: a person may accept all edits of a kind at once.
type Kind string

// The kinds of edits.
const (
	KindSession    Kind = "session"     // get_active_session
	KindSecret     Kind = "secret"      // _snowflake's secret functions
	KindCortex     Kind = "cortex"      // send_snow_api_request
	KindPageConfig Kind = "page_config" // arguments of st.set_page_config without effect
	KindStreamlit  Kind = "streamlit"   // Streamlit APIs that are gone
	KindPackages   Kind = "packages"    // environment.yml, pyproject.toml, requirements.txt
	KindConfig     Kind = "config"      // .streamlit/*.toml
	KindProject    Kind = "project"     // snowflake.yml
	KindSQL        Kind = "sql"         // CREATE STREAMLIT in SQL files
	KindWritten    Kind = "written"     // files of sleet's own, made again
)

// Place is a place in a file: Line counts from 1, Column characters from 1.
type Place struct {
	Path         string
	Line, Column int
}

// Mark is a finding that the edits fix.
type Mark struct {
	Rule, Path string
	Line       int
}

// Note is something that a migration says about a file: what it changed there that is not plain to
// see, or what it leaves to the person.
type Note struct {
	Rule, Symbol string
	Path         string
	Line         int
	Message, Fix message.Message
	// Manual says that the person has to do something.
	Manual bool
}

// WrittenGroup names the edit that makes a file again.
func WrittenGroup(name string) string { return name + ":" + string(KindWritten) }

// Both returns two reasons as one.
func Both(first, second message.Message) message.Message {
	return message.New("change.both", "first", first, "second", second)
}

// Relative is a path as it is seen from a folder.
func Relative(dir, name string) string {
	if dir == "." {
		return name
	}
	if len(name) > len(dir) && name[:len(dir)+1] == dir+"/" {
		return name[len(dir)+1:]
	}
	return path.Join("..", name)
}

// Mark is what a note is about.
func (n Note) Mark() Mark { return Mark{n.Rule, n.Path, n.Line} }

// Place is where a note points, as seen from a folder: path:line.
func (n Note) Place(root string) string {
	place := Relative(root, n.Path)
	if n.Line > 0 {
		place += fmt.Sprintf(":%d", n.Line)
	}
	return place
}

package change

import (
	"fmt"
	"path"

	"sleet/ui/message"
)

// Kind is what an edit is about. A person can accept all edits of a kind at once.
type Kind string

// The kinds of edits.
const (
	KindSession    Kind = "session"     // get_active_session
	KindSecret     Kind = "secret"      // _snowflake's secret functions
	KindCortex     Kind = "cortex"      // send_snow_api_request
	KindPageConfig Kind = "page_config" // arguments of st.set_page_config without effect
	KindStreamlit  Kind = "streamlit"   // removed Streamlit APIs
	KindPackages   Kind = "packages"    // environment.yml, pyproject.toml, requirements.txt
	KindConfig     Kind = "config"      // .streamlit/*.toml
	KindProject    Kind = "project"     // snowflake.yml
	KindSQL        Kind = "sql"         // CREATE STREAMLIT in SQL files
	KindWritten    Kind = "written"     // files that sleet wrote and generates again
)

// Place is a position in a file. Line and Column count from 1; Column counts characters.
type Place struct {
	Path         string
	Line, Column int
}

// Mark is a finding that the edits fix.
type Mark struct {
	Rule, Path string
	Line       int
}

// Note is a message of a migration about a file: a change that is not obvious, or work left to the person.
type Note struct {
	Rule, Symbol string
	Path         string
	Line         int
	Message, Fix message.Message
	// Manual reports whether the person has to do something.
	Manual bool
}

// WrittenGroup returns the group of the edit that generates a file again.
func WrittenGroup(name string) string { return name + ":" + string(KindWritten) }

// JoinReasons returns two reasons as one.
func JoinReasons(first, second message.Message) message.Message {
	return message.New("change.both", "first", first, "second", second)
}

// Relative returns a path relative to a folder.
func Relative(dir, name string) string {
	if dir == "." {
		return name
	}
	if len(name) > len(dir) && name[:len(dir)+1] == dir+"/" {
		return name[len(dir)+1:]
	}
	return path.Join("..", name)
}

// Mark returns the finding that a note is about.
func (n Note) Mark() Mark { return Mark{n.Rule, n.Path, n.Line} }

// Place returns the position of a note relative to a folder, as path:line.
func (n Note) Place(root string) string {
	place := Relative(root, n.Path)
	if n.Line > 0 {
		place += fmt.Sprintf(":%d", n.Line)
	}
	return place
}

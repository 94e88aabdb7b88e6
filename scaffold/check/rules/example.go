package rules

import "strings"

// Example is a small app in which a rule finds something, and the same app after the fix. A line
// "## path" starts another file. The text before the first one is the main file.
type Example struct{ Before, After string }

// ExampleFile is one file of an example.
type ExampleFile struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// ExampleMain is the main file of an example.
const ExampleMain = "streamlit_app.py"

// ExampleFiles returns the non-empty files of one side of an example, in order.
func ExampleFiles(side string) []ExampleFile {
	files := []ExampleFile{{Path: ExampleMain}}
	for line := range strings.Lines(side) {
		if p, is := strings.CutPrefix(line, "## "); is {
			files = append(files, ExampleFile{Path: strings.TrimSpace(p)})
			continue
		}
		files[len(files)-1].Text += line
	}
	shown := files[:0]
	for _, f := range files {
		if f.Text = strings.Trim(f.Text, "\n"); f.Text != "" {
			f.Text += "\n"
			shown = append(shown, f)
		}
	}
	return shown
}

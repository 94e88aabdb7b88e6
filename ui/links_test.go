package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sleet/ui"
)

// TestLinksWithoutColour checks that without colours, and so without links, an address is shown in full or not at all.
func TestLinksWithoutColour(t *testing.T) {
	k := plain().context()
	link := ui.Link{URL: "https://docs.snowflake.com/en/sql-reference/sql/create-streamlit", Text: "create streamlit"}
	for w := range 80 {
		shown := ansi.Strip(k.RenderLink(link, w))
		if shown != "" && shown != strings.TrimPrefix(link.URL, "https://") {
			t.Errorf("RenderLink in %d cells = %q", w, shown)
		}
	}
}

// TestLabelsAreWhole checks that a label is not cut if it fits.
func TestLabelsAreWhole(t *testing.T) {
	k := dark().context()
	label := "A label of thirty-two characters"
	form := ui.NewForm(k, ui.NewTextField(k, ui.Head{ID: "a", Label: label})).SetSize(80, 10)
	if !strings.Contains(ansi.Strip(form.View()), label) {
		t.Errorf("the label is cut:\n%s", form.View())
	}
}

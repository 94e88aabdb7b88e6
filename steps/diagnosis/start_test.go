package diagnosis

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sleet/steps/doctor"
	"sleet/ui"
	"sleet/ui/message"
)

// TestWaitView checks that the view shows the elapsed time, and that esc ends it.
func TestWaitView(t *testing.T) {
	for _, lang := range message.Languages() {
		stopped := false
		w := waitView{context: ui.NewContext(ui.NewTheme(true, 0, true), message.For(lang).T), since: time.Now().Add(-12 * time.Second), stop: func() { stopped = true }}
		model, _ := w.Update(turnMsg(time.Now()))
		if view := ansi.Strip(model.View().Content); !strings.Contains(view, "12 s") || !strings.Contains(view, "esc") {
			t.Errorf("%s: view %q", lang, view)
		}
		model, cmd := model.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
		if end := model.(waitView); end.startup.Outcome != doctor.Canceled || !stopped || cmd == nil || end.View().Content != "" { //nolint:forcetypeassert // It returns nothing else.
			t.Errorf("esc does not end the wait: %+v", end)
		}
	}
}

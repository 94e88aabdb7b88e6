package migration

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"sleet/scaffold/existing"
	"sleet/steps"
	"sleet/ui"
	"sleet/ui/message"
)

// TestScanCounts checks that the screen shows how many files have been read, and that nothing waits for more afterwards.
func TestScanCounts(t *testing.T) {
	read, more := make(chan int), make(chan bool)
	e := steps.Effects{Scan: func(seen func(int)) (*existing.Folder, []string, error) {
		for files := range read {
			time.Sleep(2 * countPace)
			seen(files)
			more <- true
		}
		return nil, nil, errors.New("enough")
	}}
	k := ui.NewContext(ui.NewTheme(true, colorprofile.NoTTY, true), message.For("en").T)
	p, _ := NewReport(k, steps.State{Migration: &steps.Migration{}, Shown: "old"}, e).(reportScreen)
	go p.scan()
	for _, files := range []int{7, 41} {
		read <- files
		<-more
		shown, _ := p.Resize(80, 20).Update(p.count()(), steps.State{Migration: &steps.Migration{}})
		if want := map[int]string{7: "Reading the app: 7 files", 41: "Reading the app: 41 files"}[files]; !strings.Contains(shown.View(), want) {
			t.Errorf("no %q in\n%s", want, shown.View())
		}
	}
	close(read)
	if msg := p.count()(); msg != nil {
		t.Errorf("count() after the last file = %v, want nil", msg)
	}
}

package wizard

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sleet/scaffold/existing"
	"sleet/steps"
)

// While a folder is read the screen says how many files were; then nothing waits any more.
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
	h := newHand(t, steps.State{Migration: &steps.Migration{}, Shown: "old"}, e).still()
	p, ok := h.top().(migrationReportScreen)
	if !ok {
		t.Fatalf("on %s", h.step)
	}
	go p.scan()
	for _, files := range []int{7, 41} {
		read <- files
		<-more
		h = h.send(p.count()())
		if want := map[int]string{7: "Reading the app: 7 files", 41: "Reading the app: 41 files"}[files]; !strings.Contains(h.screen(), want) {
			t.Errorf("no %q in\n%s", want, h.screen())
		}
	}
	close(read)
	if msg := p.count()(); msg != nil {
		t.Errorf("in the end %v is said", msg)
	}
}

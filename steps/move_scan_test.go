package steps

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sleet/scaffold/existing"
)

// At most one number is shown in a time, and none before it is over.
func TestPaced(t *testing.T) {
	now := time.Time{}
	var shown []int
	seen := Paced(50*time.Millisecond, func() time.Time { return now }, func(files int) { shown = append(shown, files) })
	for files := range 10 {
		seen(files)
		now = now.Add(20 * time.Millisecond)
	}
	if want := []int{3, 6, 9}; !slices.Equal(shown, want) {
		t.Errorf("shown are %v, want %v", shown, want)
	}
}

// While a folder is read the screen says how many files were; then nothing waits any more.
func TestScanCounts(t *testing.T) {
	read, more := make(chan int), make(chan bool)
	e := Effects{Scan: func(seen func(int)) (*existing.Folder, []string, error) {
		for files := range read {
			time.Sleep(2 * countPace)
			seen(files)
			more <- true
		}
		return nil, nil, errors.New("enough")
	}}
	h := newHand(t, State{Move: &Move{}, Shown: "old"}, e).still()
	p, ok := h.top().(moveReportScreen)
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

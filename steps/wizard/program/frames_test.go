package program

import (
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// bubbleteaVersion is the version whose Program has the private ticker that frames.go reaches.
const bubbleteaVersion = "v2.1.1"

// TestFramesFitTheLibrary ties frames.go to one version of the library. After an upgrade, check whether the library can
// draw frames on request, so that frames.go can be removed, or whether the private field is still the same.
func TestFramesFitTheLibrary(t *testing.T) {
	mod, err := os.ReadFile("../../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	pinned := regexp.MustCompile(`charm\.land/bubbletea/v2 (v\S+)`).FindStringSubmatch(string(mod))
	if pinned == nil || pinned[1] != bubbleteaVersion {
		t.Errorf("go.mod requires bubbletea %v, frames.go is written for %s", pinned, bubbleteaVersion)
	}
}

// TestTickerIsFound checks that tickerOf finds the ticker of a running program.
func TestTickerIsFound(t *testing.T) {
	seen := make(chan bool, 1)
	model := &tickerProbe{seen: seen}
	model.program = tea.NewProgram(model, tea.WithInput(strings.NewReader("")), tea.WithOutput(io.Discard), tea.WithoutSignalHandler())
	if _, err := model.program.Run(); err != nil {
		t.Fatal(err)
	}
	if !<-seen {
		t.Error("tickerOf finds no ticker in the running program")
	}
}

// tickerProbe is a model that looks for its program's ticker and quits.
type tickerProbe struct {
	program *tea.Program
	seen    chan bool
}

func (m *tickerProbe) Init() tea.Cmd { return func() tea.Msg { return tea.ResumeMsg{} } }

func (m *tickerProbe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.ResumeMsg); ok {
		m.seen <- tickerOf(m.program) != nil
		return m, tea.Quit
	}
	return m, nil
}

func (m *tickerProbe) View() tea.View { return tea.NewView("") }

package wizard

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/spinner"

	"sleet/scaffold/workspace"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"sleet/scaffold"
	"sleet/scaffold/migrate"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/steps/wizard/screen"
	"sleet/ui/codeview"
	"sleet/ui/message"
)

// everywhere returns hands on every step and every screen that opens over one, in two languages.
func everywhere() map[string]func(testing.TB) hand {
	all := map[string]func(testing.TB) hand{}
	for name, scene := range scenes() {
		all["new/"+name] = scene
	}
	for _, lang := range []string{"en", "ja"} {
		for name, scene := range liveScenes(lang) {
			all["live/"+lang+"/"+name] = scene
		}
		for n := range 6 {
			all[fmt.Sprintf("move/%s/%d", lang, n)] = func(t testing.TB) hand {
				var wrote []migrate.Change
				return moving(t, lang, oldApp(), &wrote).keys(slices.Repeat([]string{"enter"}, n)...)
			}
		}
	}
	all["start/saved"] = func(t testing.TB) hand {
		a := full("weather")
		a.App.Runtime = scaffold.Warehouse
		draft := full("天気")
		e := steps.Effects{Account: fakeAccount(waiting(planned())), Keep: func(scaffold.App) error { return errors.New("full") }}
		return newHand(t, steps.State{App: a, Draft: &draft, Folder: workspace.Folder{Dir: "/home/me/weather", Saved: true, App: a}}, e)
	}
	all["review/edited"] = func(t testing.TB) hand {
		a := full("weather")
		folder := workspace.Folder{Dir: "/home/me/weather", App: a, Files: map[string][]byte{"streamlit_app.py": []byte("mine\n"), "pyproject.toml": []byte("mine\n")}}
		return newHand(t, steps.State{App: a, Every: true, Folder: folder}, steps.Effects{}).entered(steps.ReviewStep)
	}
	return all
}

// odd draws any text, including awkward characters.
func odd(rt *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{
			"\n", "\r\n", "\t", "\x1b[31m", "\x1b]0;x\x07", "\x9b31m", "売上", "e\u0301", "👩‍🚀", "🇯🇵", "\u200b", "❤\ufe0f", "\xff", "שלום",
			"\u202e", "\u2066", "\x00", "\x7f", "abc def", "क्षि", "각", strings.Repeat("長", 200), strings.Repeat("x", 5000),
		}),
	), 0, 6).Draw(rt, "text")
	return strings.Join(parts, "")
}

// heardMsg draws any message that a command, a stream or a terminal can send, at any time.
func heardMsg(rt *rapid.T, h hand, old []*screen.Stream) tea.Msg {
	failed := func() error {
		if rapid.Bool().Draw(rt, "fails") {
			return fmt.Errorf("refused: %s", odd(rt))
		}
		return nil
	}
	event := deploy.Event{
		Event:   rapid.SampledFrom([]account.EventKind{deploy.EventStart, deploy.EventProgress, deploy.EventNote, deploy.EventDone, deploy.EventFailed, deploy.EventSkipped, deploy.EventPlan, deploy.EventSummary}).Draw(rt, "event kind"),
		Step:    rapid.IntRange(-2, 9).Draw(rt, "step"),
		Message: message.Verbatim(odd(rt)), Code: "003001",
	}
	assessment := rapid.SampledFrom([]deploy.Assessment{{}, planned(), needing(), touched(), crowded()}).Draw(rt, "assessment")
	part := rapid.SampledFrom([]deploy.ValuePart{{Key: "api_key"}, {Key: "gone", Field: "password"}}).Draw(rt, "part")
	said := []tea.Msg{
		loggedInMsg{},
		screen.ReadMsg{Progress: deploy.Progress{Answered: 1, Asked: 3, What: message.Verbatim(odd(rt))}},
		screen.AwaitedMsg{Text: message.Verbatim(odd(rt))},
		askedMsg{odd(rt), make(chan secretReply, 1)},
		lookedMsg{assessment, failed()},
		listingMsg{deploy.Listing{Kind: steps.InventorySchema, Names: []string{odd(rt), "A.B"}, Note: message.Verbatim(odd(rt))}},
		listedMsg{},
		deployMsg{event},
		decideMsg{event, make(chan deploy.Decision, 1)},
		appliedMsg{done: deploy.Applied{URL: odd(rt), Done: 2, Unverified: []message.Message{message.Verbatim(odd(rt))}}, path: odd(rt), err: failed()},
		connectedMsg{err: errors.New(odd(rt))},
		connectedMsg{cloud: waiting(assessment), assessment: assessment},
	}
	all := []tea.Msg{
		profilesMsg{someProfiles()[:rapid.IntRange(0, 3).Draw(rt, "profiles")], failed()},
		addedMsg{"dev", failed()},
		fixedMsg{failed()},
		browsedMsg{failed()},
		valueMsg{part, snowflake.NewSecret(odd(rt)), failed()},
		keptMsg{failed()},
		spinner.TickMsg{},
		tea.BackgroundColorMsg{},
		tea.ColorProfileMsg{Profile: rapid.SampledFrom([]colorprofile.Profile{colorprofile.NoTTY, colorprofile.ANSI, colorprofile.TrueColor}).Draw(rt, "profile")},
		tea.FocusMsg{},
		tea.BlurMsg{},
		tea.KeyReleaseMsg{Code: 'x'},
		codeview.HighlightedMsg{},
		nil,
	}
	streams := append([]*screen.Stream{nil}, old...)
	if s, ok := h.top().(screen.Streaming); ok {
		streams = append(streams, s.Underway(), s.Underway(), s.Underway())
	}
	streams = append(streams, h.reached.listing)
	from := rapid.SampledFrom(streams).Draw(rt, "stream")
	for _, msg := range said {
		all = append(all, screen.StreamMsg{From: from, Msg: msg})
	}
	return rapid.SampledFrom(all).Draw(rt, "message")
}

// TestAnythingAnywhere sends keys, sizes, pastes, mouse events and messages to every step, in any order.
func TestAnythingAnywhere(t *testing.T) {
	keys := []string{
		"enter", "esc", "tab", "shift+tab", "up", "down", "left", "right", "space", "backspace", "pgdown", "pgup", "home", "end",
		"a", "d", "e", "m", "r", "s", "h", "q", "u", "y", "n", "/", "?", "f1", "f2", "f4", "-", "=", "天", "ctrl+c", "ctrl+o", "ctrl+p", "ctrl+f", "ctrl+r",
		"ctrl+up", "ctrl+down", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+a", "ctrl+e",
	}
	scenes := everywhere()
	names := slices.Sorted(maps.Keys(scenes))
	rapid.Check(t, func(rt *rapid.T) {
		h := scenes[rapid.SampledFrom(names).Draw(rt, "scene")](t).still()
		width, height := 120, 36
		h = h.size(width, height)
		var old []*screen.Stream
		for range rapid.IntRange(1, 30).Draw(rt, "events") {
			if s, ok := h.top().(screen.Streaming); ok && s.Underway() != nil {
				old = append(old, s.Underway())
			}
			switch rapid.IntRange(0, 19).Draw(rt, "event") {
			case 0:
				width, height = rapid.IntRange(60, 300).Draw(rt, "width"), rapid.IntRange(16, 100).Draw(rt, "height")
				h = h.size(width, height)
			case 1:
				width, height = rapid.IntRange(0, 70).Draw(rt, "small width"), rapid.IntRange(0, 20).Draw(rt, "small height")
				h = h.size(width, height)
			case 2:
				h = h.send(tea.PasteMsg{Content: odd(rt)})
			case 3:
				h = h.send(tea.MouseClickMsg{X: rapid.IntRange(-1, max(width, 1)).Draw(rt, "x"), Y: rapid.IntRange(-1, max(height, 1)).Draw(rt, "y"), Button: tea.MouseLeft})
			case 4:
				button := rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelDown, tea.MouseWheelUp, tea.MouseRight}).Draw(rt, "button")
				h = h.send(tea.MouseWheelMsg{X: rapid.IntRange(0, max(width, 1)).Draw(rt, "x"), Y: rapid.IntRange(0, max(height, 1)).Draw(rt, "y"), Button: button})
			case 5, 6, 7:
				h = h.send(heardMsg(rt, h, old))
			default:
				h = h.keys(rapid.SampledFrom(keys).Draw(rt, "key"))
			}
			if width > 0 && height > 0 {
				onScreen(rt, h, width, height)
			}
			focused(rt, h)
			if rapid.IntRange(0, 3).Draw(rt, "look around") == 0 {
				thereAndBack(rt, h)
			}
		}
	})
}

// focused checks that the focus is visible if there is anything to do, and that the panes do not overlap.
func focused(rt *rapid.T, h hand) {
	if !h.frame.Fits() || h.dialog() != "" || h.ending() {
		return
	}
	left, lines := h.frame.Left(), strings.Split(h.screen(), "\n")
	if right := h.frame.Right(); left.W > 0 && right.W > 0 {
		for y := left.Y - 3; y < left.Y+left.H; y++ {
			if wall := ansi.Cut(lines[y], right.X-2, right.X-1); wall != h.context.Glyphs.Wall {
				rt.Fatalf("line %d has %q instead of the wall, at %s:\n%s", y, wall, h.step, h.screen())
			}
		}
	}
	if left.W == 0 || !h.focusable() {
		return
	}
	v := h.View()
	if h.top().Typing() && v.Cursor == nil {
		rt.Fatalf("text is being typed without a cursor at %s:\n%s", h.step, h.screen())
	}
	for y := left.Y; y < left.Y+left.H; y++ {
		if start := ansi.Cut(lines[y], left.X, left.X+6); strings.Contains(start, h.context.Glyphs.Pointer) || strings.Contains(start, h.context.Glyphs.Bar) {
			return
		}
	}
	rt.Fatalf("nothing has the focus at %s, %T:\n%s", h.step, h.top(), h.screen())
}

// ending reports whether the wizard is ending.
func (h hand) ending() bool { return h.end != Running }

// focusable reports whether the top screen has anything to focus.
func (h hand) focusable() bool {
	if move := h.state.Migration; move != nil && move.Folder != nil {
		switch h.step {
		case steps.MigrationReport:
			return len(move.Items) > 0
		case steps.MigrationChanges:
			groups, err := move.Groups(h.state.App)
			return err == nil && len(groups) > 0
		case steps.MigrationManual:
			plan, err := move.Plan(h.state.App)
			return err == nil && len(plan.Manual)+len(plan.Review)+len(plan.Advice) > 0
		default:
		}
	}
	switch top := h.top().(type) {
	case writeScreen, doneScreen:
		return false
	case accountScreen:
		return top.run == nil && len(top.profiles) > 0
	case planScreen:
		return top.looked && top.failure == nil && len(top.assessment.Plan.Items) > 0
	case deployScreen:
		return len(top.steps) > 0
	case secretValuesScreen:
		return len(top.parts()) > 0
	}
	return true
}

// thereAndBack checks that going back, and forward and back again, keeps every answer.
func thereAndBack(rt *rapid.T, h hand) {
	if h.ask != nil || h.help != nil || len(h.screens) > 1 || h.frame.PreviewShown() || h.pendingInput() || h.ending() ||
		h.top().Wants(escape) || steps.IsDeployStep(h.step) || h.step == steps.Writing || h.step == steps.Done || h.detour {
		return
	}
	if back := h.keys("esc"); back.step != h.step && !back.state.App.Equal(h.state.App) {
		rt.Fatalf("going back from %s to %s changes the answers", h.step, back.step)
	}
	on := h.keys("enter")
	if on.step == h.step || on.step == steps.Writing || steps.IsDeployStep(on.step) || len(on.screens) > 1 || on.ending() {
		return
	}
	back := on.keys("esc")
	// Going back skips a step that no longer applies to the answers, such as the secrets of a migration without secrets.
	called := slices.Contains(steps.Path(h.state), h.step)
	if back.step != h.step && called && h.step != steps.Start && h.step != steps.ReviewStep {
		rt.Fatalf("going on from %s leads to %s, and going back to %s", h.step, on.step, back.step)
	}
	if !back.state.App.Equal(on.state.App) {
		rt.Fatalf("going from %s to %s and back changes the answers", h.step, on.step)
	}
}

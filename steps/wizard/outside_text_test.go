package wizard

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sleet/scaffold/workspace"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"sleet/scaffold"
	"sleet/scaffold/migrate"
	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/steps"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// invisible returns every control and format character, a few per string, each between two letters.
func invisible() []string {
	var all []string
	var b strings.Builder
	n := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.In(r, unicode.Cc, unicode.Cf) {
			continue
		}
		fmt.Fprintf(&b, "a%cb", r)
		if n++; n%40 == 0 {
			all = append(all, b.String())
			b.Reset()
		}
	}
	return append(all, b.String())
}

// steering returns the first control or format character sent to a terminal that is not part of sleet's own sequences.
func steering(sent string) (rune, bool) {
	for _, r := range ansi.Strip(sent) {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			return r, true
		}
	}
	// What Strip takes for an escape sequence must be one of sleet's: a colour or a link.
	for rest := sent; rest != ""; {
		seq, _, n, _ := ansi.DecodeSequence(rest, ansi.NormalState, nil)
		rest = rest[n:]
		ours := len(seq) != 0 && (strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m") || strings.HasPrefix(seq, "\x1b]8;"))
		if r := []rune(seq); len(r) > 0 && unicode.In(r[0], unicode.Cc) && r[0] != '\n' && !ours {
			return r[0], true
		}
		if inner := strings.TrimRight(strings.TrimPrefix(seq, "\x1b"), "\x07\x1b\\"); strings.ContainsFunc(inner, func(r rune) bool {
			return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf)
		}) {
			return []rune(inner)[0], true
		}
	}
	return 0, false
}

// foreign returns hands on every screen that shows text from outside, all of it odd.
func foreign(odd string) map[string]func(t testing.TB) hand {
	a := full("x" + odd)
	a.App = scaffold.Identity{
		Name: odd, Title: odd, Database: odd, Schema: odd, MainFile: odd + ".py", Comment: odd, QueryWarehouse: odd, Stage: odd, Runtime: a.App.Runtime,
	}
	a.Python.Packages, a.Python.Streamlit = []string{odd}, odd
	a.Network = scaffold.Network{Hosts: []string{odd}, Rules: []string{odd}, Rule: odd, Integration: odd}
	a.Roles = scaffold.Roles{Owner: odd, Admin: odd, Viewers: []string{odd}}
	a.Secrets = []scaffold.SecretDecl{{Key: odd, Object: odd, Comment: odd, Integration: odd, Type: scaffold.OAuth2, Scopes: []string{odd}}}
	a.Config = map[string]any{"theme.base": odd, "theme.primaryColor": odd, odd: odd}
	a.Values = map[string]any{odd: odd}
	folder := workspace.Folder{
		Dir: "/home/" + odd, Saved: true, App: a, Others: []string{odd},
		Files: map[string][]byte{"streamlit_app.py": []byte(odd), "pyproject.toml": []byte(odd), odd + ".py": []byte(odd)},
	}
	refused := errors.New("refused: " + odd)
	assessment := planned()
	assessment.Context = snowflake.Context{Account: odd, User: odd, Role: odd}
	assessment.Edited, assessment.Gone = []string{odd}, []string{odd + "2"}
	assessment.Plan.Items = slices.Clone(assessment.Plan.Items)
	for i := range assessment.Plan.Items {
		item := &assessment.Plan.Items[i]
		item.Name, item.Owner, item.Key = snowflake.StoredObject(odd), snowflake.StoredObject(odd), odd
		item.Changes = []snowflake.Change{{Property: odd, From: odd, To: odd}}
		item.Statements = []snowflake.Statement{{SQL: odd, Role: snowflake.StoredObject(odd)}}
		item.Blocked = []snowflake.Ref{{Kind: snowflake.KindSchema, Name: snowflake.ShownName(odd)}}
	}
	offered := fakeAccount(waiting(assessment))
	at := func(keys ...string) func(testing.TB) hand {
		return func(t testing.TB) hand { return going(t, "en", offered).keys(keys...) }
	}
	all := map[string]func(testing.TB) hand{
		"start": func(t testing.TB) hand {
			return newHand(t, steps.State{App: a, Draft: &a, Folder: folder, Shown: odd}, steps.Effects{Account: offered}).entered(steps.Start)
		},
		"done": func(t testing.TB) hand {
			h := newHand(t, steps.State{App: a, Folder: folder, Shown: odd}, steps.Effects{})
			h.state.Outcome = steps.Outcome{Wrote: []string{odd}, Kept: []string{odd}, Removed: []string{odd}, Stale: []string{odd}, Foreign: []string{odd}, LockError: message.Verbatim(odd)}
			return h.entered(steps.Done)
		},
		"notice": func(t testing.TB) hand {
			return newHand(t, steps.State{App: a, Every: true}, steps.Effects{}).send(keptMsg{refused})
		},
		"writing": func(t testing.TB) hand {
			h := newHand(t, steps.State{App: a, Folder: folder}, steps.Effects{}).still().entered(steps.Writing)
			return h.send(writtenMsg{err: refused})
		},
		"pasted lines": func(t testing.TB) hand {
			return newHand(t, steps.State{App: app("x"), Every: true}, steps.Effects{}).send(tea.PasteMsg{Content: odd + "\n" + odd})
		},
		"account": func(t testing.TB) hand {
			h := going(t, "en", offered)
			return h.send(profilesMsg{profiles: []steps.Profile{{Name: odd, Account: odd, User: odd, Role: odd, Authenticator: odd, From: message.Verbatim(odd)}}})
		},
		"account problem": func(t testing.TB) hand {
			h := going(t, "en", offered)
			return h.send(profilesMsg{profiles: []steps.Profile{{Name: odd, Problems: []message.Message{message.Verbatim(odd)}, Open: true}}})
		},
		"account failed": func(t testing.TB) hand {
			return going(t, "en", offered).still().keys("enter").tell(connectedMsg{err: &query.Failure{Text: odd, State: odd, QueryID: odd, Meaning: message.Verbatim(odd), Fix: message.Verbatim(odd)}})
		},
		"asked": func(t testing.TB) hand {
			return going(t, "en", offered).still().keys("enter").tell(askedMsg{odd, make(chan secretReply, 1)})
		},
		"given refused": func(t testing.TB) hand {
			return going(t, "en", fakeAccount(waiting(needing()))).keys("enter").send(valueMsg{deploy.ValuePart{Key: "api_key"}, snowflake.Secret{}, refused})
		},
		"plan": at("enter", "enter"), "plan cannot": at("enter", "enter", "down", "down", "down", "down"), "plan file": at("enter", "enter", "end"),
		"plan failed": func(t testing.TB) hand {
			return going(t, "en", offered).keys("enter").still().keys("enter").tell(lookedMsg{err: refused})
		},
		"live": func(t testing.TB) hand {
			h := at("enter", "enter", "space")(t).still().keys("enter")
			h = h.tell(event(deploy.EventStart, 3, deploy.Event{})).tell(event(deploy.EventProgress, 3, deploy.Event{Message: message.Verbatim(odd)})).tell(event(deploy.EventNote, 0, deploy.Event{Message: message.Verbatim(odd)}))
			return h
		},
		"live failed": func(t testing.TB) hand {
			h := at("enter", "enter", "space")(t).still().keys("enter")
			h = h.tell(event(deploy.EventStart, 3, deploy.Event{})).tell(event(deploy.EventFailed, 3, deploy.Event{Message: message.Verbatim(odd), Code: odd, QueryID: odd}))
			return h.tell(decideMsg{deploy.Event{Event: deploy.EventFailed, Step: 3}, make(chan deploy.Decision, 1)})
		},
		"live end": func(t testing.TB) hand {
			h := at("enter", "enter", "space")(t).still().keys("enter")
			return h.tell(appliedMsg{done: deploy.Applied{URL: "https://" + odd, Done: 1, Failed: 1, Unverified: []message.Message{message.Verbatim(odd)}}, path: odd})
		},
		"live broken": func(t testing.TB) hand {
			return at("enter", "enter", "space")(t).still().keys("enter").tell(appliedMsg{err: refused})
		},
		"stock": func(t testing.TB) hand {
			h := going(t, "en", fakeAccount(waiting(planned()))).keys("enter", "enter", "up", "e")
			h.reached.inventory = steps.Inventory{}.With(deploy.Listing{Kind: steps.InventorySchema, Names: []string{odd}, Note: message.Verbatim(odd)})
			return h.keys("ctrl+o")
		},
	}
	for _, id := range steady() {
		for _, keys := range [][]string{nil, {"e"}, {"d"}, {"down"}, {"tab", "tab"}, {"ctrl+f"}, {"ctrl+f", "ctrl+f", "ctrl+f"}} {
			all[fmt.Sprint("step ", id, keys)] = func(t testing.TB) hand {
				return newHand(t, steps.State{App: a, Every: true, Folder: folder}, steps.Effects{}).entered(id).keys(keys...)
			}
		}
	}
	return all
}

// TestOutsideText sends every control and format character through every place that shows text from outside, and checks
// that none reaches the terminal.
func TestOutsideText(t *testing.T) {
	few := "x\x1b[31my\u009b1mz\x07\x00\u202e\u2066\u200b\ufeff\u00ad\U000e0041\r\n\t"
	for _, odd := range append(invisible(), few) {
		for name, scene := range foreign(odd) {
			if strings.HasPrefix(name, "step ") && odd != few && name != "step app[]" && name != "step review[]" {
				continue
			}
			h := scene(t).size(180, 60)
			for _, look := range []string{"", "ctrl+p"} {
				if look != "" {
					h = h.keys(look)
				}
				v := h.View()
				if r, raw := steering(v.Content); raw {
					t.Fatalf("%s%s sends %U:\n%q", name, look, r, lineWith(v.Content, r))
				}
				if r, raw := steering(v.WindowTitle); raw || strings.Contains(v.WindowTitle, "\n") {
					t.Fatalf("%s sends %U in the title", name, r)
				}
			}
			for _, line := range EndLines(h.context, h.state) {
				if r, raw := steering(line); raw {
					t.Fatalf("%s ends with %U: %q", name, r, line)
				}
			}
		}
	}
}

func lineWith(text string, r rune) string {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.ContainsRune(line, r) {
			return line
		}
	}
	return ""
}

// TestOutsideTextMoved does the same for an app being migrated.
func TestOutsideTextMoved(t *testing.T) {
	for _, odd := range invisible() {
		files := oldApp()
		files["streamlit_app.py"] += "\nst.write(\"" + strings.NewReplacer("\n", "", "\r", "", "\x00", "").Replace(odd) + "\")  # " + odd + "\nst.experimental_rerun()\n"
		var wrote []migrate.Change
		h := moving(t, "en", files, &wrote).size(140, 40)
		for n := range 6 {
			if r, raw := steering(h.View().Content); raw {
				t.Fatalf("step %d, %s sends %U:\n%q", n, h.step, r, lineWith(h.View().Content, r))
			}
			h = h.keys("down", "down", "enter")
		}
	}
}

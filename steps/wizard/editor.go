package wizard

import (
	"bytes"
	"path/filepath"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
)

// effects are those of the session, and the editor.
type effects struct {
	steps.Effects
	// Edit opens a text in the user's editor; nil if there is none.
	Edit screen.OpenEditor
}

// editedMsg is the result of an editor.
type editedMsg struct {
	text  []byte
	err   error
	taken func(Wizard, []byte) (Wizard, tea.Cmd)
}

// edits reports whether a key opens the editor: f4, or e if letters are not text.
func (w Wizard) edits(m tea.KeyPressMsg) bool {
	if w.step.Row().Works {
		return false
	}
	return key.Matches(m, w.context.Keys.Editor) || w.frame.PreviewShown() && key.Matches(m, w.context.Keys.Edit)
}

// edit opens a long answer in the editor, or else the file in the preview.
func (w Wizard) edit() (Wizard, tea.Cmd) {
	if w.effects.Edit == nil {
		w.notice = w.context.T("editor.none")
		return w, nil
	}
	if f, ok := w.top().(formScreen); ok && !w.frame.PreviewShown() {
		if text, long := f.Form.Long(); long {
			return w, w.effects.Edit("", "answer.txt", []byte(text), edited(func(w Wizard, text []byte) (Wizard, tea.Cmd) {
				model, cmd := w.toScreen(ui.ExternalEdit(text))
				next, _ := model.(Wizard)
				return next, cmd
			}))
		}
	}
	path := w.preview.path
	if _, there := w.state.Folder.Files[path]; there || w.step == steps.Done {
		full := filepath.Join(w.state.Folder.Dir, filepath.FromSlash(path))
		return w, w.effects.Edit(full, path, nil, edited(Wizard.reread))
	}
	shown := []byte(w.preview.files[path])
	return w, w.effects.Edit("", path, shown, edited(func(w Wizard, text []byte) (Wizard, tea.Cmd) {
		if !bytes.Equal(text, shown) {
			w.notice = w.context.T("editor.kept")
		}
		return w, nil
	}))
}

func edited(taken func(Wizard, []byte) (Wizard, tea.Cmd)) func([]byte, error) tea.Msg {
	return func(text []byte, err error) tea.Msg { return editedMsg{text, err, taken} }
}

// backFromEditor takes the editor's result.
func (w Wizard) backFromEditor(m editedMsg) (Wizard, tea.Cmd) {
	if m.err != nil {
		w.notice = m.err.Error()
		return w, nil
	}
	return m.taken(w, m.text)
}

// reread reads the folder again after a file in it was edited.
func (w Wizard) reread(text []byte) (Wizard, tea.Cmd) {
	if w.effects.Reread == nil || bytes.Equal(text, w.state.Folder.Files[w.preview.path]) {
		return w, nil
	}
	folder, err := w.effects.Reread()
	if err != nil {
		w.notice = strings.TrimSpace(err.Error())
		return w, nil
	}
	w.state.Folder = folder
	w.notice = w.context.T("editor.disk")
	return w.refreshed()
}

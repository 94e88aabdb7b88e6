package wizard

import (
	"bytes"
	"maps"
	"reflect"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/generate"
	"sleet/ui/cells"
	"sleet/ui/codeview"

	tea "charm.land/bubbletea/v2"

	"sleet/steps"
	"sleet/ui"
)

// preview shows the file of the step with the lines marked that the answer in focus changed; in the review it shows how a
// file on disk would change.
type preview struct {
	context *ui.Context
	code    codeview.Code
	diff    codeview.Diff
	diffs   bool // show the diff
	focus   string
	base    map[string]string // the files when the field got the focus
	of      generatedFor
	files   map[string]string
	paths   []string
	path    string // the file shown
	chose   string // the file that the user paged to; "" follows the step
	w, h    int
}

// generatedFor is what the files of a preview were generated from.
type generatedFor struct {
	app    scaffold.App
	locked bool
}

func newPreview(k *ui.Context) preview { return preview{context: k, code: codeview.NewCode(k)} }

// show updates the preview from a State: the file at path, or the main file, scrolled to anchor. merges are the files
// that are written with another text than the generated one.
func (p preview) show(s steps.State, path, anchor, focus string, review bool, merges map[string]string) (preview, tea.Cmd) {
	p = p.generated(generatedFor{s.App, s.Folder.Locked()})
	if len(merges) > 0 {
		p.files, p.of = maps.Clone(p.files), generatedFor{}
		maps.Copy(p.files, merges)
	}
	fresh := focus != p.focus || p.base == nil
	if fresh {
		p.focus, p.base = focus, p.files
	}
	if path == "" {
		path = s.App.Resolve().App.MainFile
	}
	if _, there := p.files[p.chose]; there {
		path = p.chose
	}
	if _, there := p.files[path]; !there && path == steps.FileValues {
		path = s.App.Resolve().App.MainFile
	}
	p.path, p.diffs = path, false
	if old, there := s.Folder.Files[path]; review && there && !bytes.Equal(old, []byte(p.files[path])) {
		p.diffs = true
		p.diff = codeview.NewDiff(p.context, path, string(old), p.files[path]).SetSize(p.w, p.h)
		return p, nil
	}
	old, there := p.base[path]
	if !there {
		old = p.files[path]
	}
	var cmd tea.Cmd
	p.code, cmd = p.code.SetFoot(p.foot()).Show(path, old, p.files[path])
	if fresh || old != p.files[path] {
		p.code = p.code.Reveal(anchor)
	}
	return p, cmd
}

// generated generates the files, unless it already has them: most messages, such as a key that moves the cursor or a new
// size, change no answer.
func (p preview) generated(from generatedFor) preview {
	if p.paths != nil && reflect.DeepEqual(from, p.of) {
		return p
	}
	p.of = generatedFor{from.app.Clone(), from.locked}
	p.files, p.paths = map[string]string{}, nil
	for _, f := range generate.FilesLocked(from.app, from.locked) {
		p.files[f.Path] = string(f.Data)
		p.paths = append(p.paths, f.Path)
	}
	return p
}

// ownFile is a file in the folder, with its current and its future text.
type ownFile struct{ path, text, then string }

// standing shows a file in the folder, with the lines marked that will change. Without a path it shows nothing.
func (p preview) standing(f ownFile, focus string) (preview, tea.Cmd) {
	p.files, p.paths, p.path = map[string]string{}, nil, f.path
	p.focus, p.base, p.diffs = focus, nil, false
	if f.path == "" {
		p.code = codeview.NewCode(p.context).SetSize(p.w, p.h)
		return p, nil
	}
	var cmd tea.Cmd
	p.code, cmd = p.code.SetFoot("").Show(f.path, f.then, f.text)
	if n := len(codeview.ChangedLines(f.then, f.text)); n > 0 {
		p.code = p.code.SetNote(p.context.T("preview.will_change", "count", n))
	}
	return p, cmd
}

// foot names the other files that the answer changed.
func (p preview) foot() string {
	var others []string
	for _, path := range p.paths {
		if old, there := p.base[path]; path != p.path && (!there || old != p.files[path]) {
			others = append(others, path)
		}
	}
	if len(others) == 0 {
		return ""
	}
	return p.context.Muted.Render(p.context.T("preview.others", "count", len(others), "path", cells.Clean(others[0])))
}

// next pages to the next file.
func (p preview) next() preview {
	if len(p.paths) > 0 {
		p.chose = p.paths[(slices.Index(p.paths, p.path)+1)%len(p.paths)]
	}
	return p
}

// reset follows the step again.
func (p preview) reset() preview {
	p.chose, p.base, p.focus = "", nil, ""
	return p
}

func (p preview) scroll(m tea.KeyPressMsg) preview {
	if p.diffs {
		p.diff, _ = p.diff.Update(m)
	} else {
		p.code, _ = p.code.Update(m)
	}
	return p
}

func (p preview) update(m codeview.HighlightedMsg) preview {
	p.code, _ = p.code.Update(m)
	return p
}

func (p preview) resize(w, h int) preview {
	p.w, p.h = w, h
	p.code, p.diff = p.code.SetSize(w, h), p.diff.SetSize(w, h)
	return p
}

func (p preview) restyle(k *ui.Context) (preview, tea.Cmd) {
	p.context = k
	var cmd tea.Cmd
	p.code, cmd = p.code.WithContext(k)
	return p, cmd
}

func (p preview) view() string {
	if p.diffs {
		return p.diff.View()
	}
	return p.code.View()
}

package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"sleet/ui"
	"sleet/ui/codeview"
)

func manyItems(n int) []ui.Item {
	items := make([]ui.Item, n)
	for i := range items {
		items[i] = ui.Item{Title: fmt.Sprintf("package-%05d-streamlit", i), Detail: "what it is for"}
	}
	return items
}

func picker(n int) ui.Form {
	k := dark().context()
	return ui.NewForm(k, ui.NewPick(k, ui.Head{ID: "p", Label: "Packages"}, manyItems(n)...)).SetSize(58, 30)
}

func BenchmarkPickView(b *testing.B) {
	form := write(picker(10_000), "lit")
	for b.Loop() {
		_ = form.View()
	}
}

func BenchmarkPickMove(b *testing.B) {
	form := picker(10_000)
	for b.Loop() {
		form, _ = form.Update(hit("down"))
	}
}

func BenchmarkPickFilter(b *testing.B) {
	form := picker(10_000)
	for b.Loop() {
		form, _ = form.Update(hit("s"))
		form, _ = form.Update(hit("backspace"))
	}
}

func longCode() string {
	return strings.Repeat("def rows(limit: int = 10) -> list:\n    return session().sql(\"SELECT 1\").collect()[:limit]  # cached\n\n", 100)
}

func BenchmarkCodeView(b *testing.B) {
	k := dark().context()
	code, _ := codeview.NewCode(k).SetSize(60, 36).Show("a.py", "", longCode())
	code, _ = code.Update(highlighted(k, "a.py", longCode()))
	for b.Loop() {
		_ = code.View()
	}
}

func BenchmarkCodeShow(b *testing.B) {
	code, _ := codeview.NewCode(dark().context()).SetSize(60, 36).Show("a.py", "", longCode())
	texts := [2]string{longCode() + "x = 1\n", longCode()}
	for i := 0; b.Loop(); i++ {
		code, _ = code.Show("a.py", texts[(i+1)%2], texts[i%2])
	}
}

func BenchmarkHighlight(b *testing.B) {
	k := dark().context()
	for b.Loop() {
		_ = highlighted(k, "a.py", longCode())
	}
}

func BenchmarkFrameRender(b *testing.B) {
	frame, s := filled(dark().context(), 120, 36)
	for b.Loop() {
		_ = frame.Render(s)
	}
}

func BenchmarkFormView(b *testing.B) {
	form := answers(dark().context()).SetSize(58, 30)
	for b.Loop() {
		_ = form.View()
	}
}

func BenchmarkFormUpdate(b *testing.B) {
	form := answers(dark().context()).SetSize(58, 30)
	for b.Loop() {
		form, _ = form.Update(hit("x"))
		form, _ = form.Update(hit("backspace"))
	}
}

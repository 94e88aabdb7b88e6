// Package ui is what a screen is made of: a theme, keys, a frame with a
// header, two panes and a footer, fields gathered in a form, and views of
// code, differences, files and progress. It knows no app.
//
// A Context carries what every widget shares (theme, keys, words) and never
// changes. Widgets are plain values: Update returns the new one, View is cheap
// and draws lines that are never wider than the size last set, and Cursor says
// where the terminal's own cursor belongs, counted from the widget's top left.
//
// A screen is put together like this:
//
//	kit := ui.NewContext(ui.NewTheme(dark, profile, ui.UTF8(os.Getenv)), words.T)
//	frame := ui.NewFrame(kit, "sleet").SetSize(width, height)
//	form := ui.NewForm(kit,
//		ui.NewTextField(kit, ui.Head{ID: "name", Label: "Name"}).WithPlaceholder("my_app"),
//		ui.NewToggle(kit, ui.Head{ID: "cortex", Label: "Cortex"}),
//		ui.NewButton(kit, ui.Head{ID: "next", Label: "Continue"}),
//	)
//	form = form.SetSize(frame.Left().W, frame.Left().H)
//	form, cmd = form.Update(msg)
//	switch a := form.Action(); a.Kind { case ui.Submit: … }
//	content := frame.Render(ui.Screen{Title: "App", Left: form.View(), Right: code.View()})
//	x, y, ok := form.Cursor() // add frame.Left().X and .Y
package ui

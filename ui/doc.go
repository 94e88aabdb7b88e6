// Package ui has the widgets that screens are made of: a theme, keys, a frame with a header, two panes and a footer,
// form fields, and views of lists, steps and progress. It knows nothing about apps or Snowflake.
//
// A Context carries what every widget shares (theme, keys, messages) and never changes. Widgets are values: Update
// returns the new widget, View is cheap and draws lines no wider than the size last set, and Cursor returns the position
// of the terminal's cursor, counted from the widget's top left corner.
//
// A screen is built like this:
//
//	ctx := ui.NewContext(ui.NewTheme(dark, profile, ui.UTF8(os.Getenv)), words.T)
//	frame := ui.NewFrame(ctx, "sleet").SetSize(width, height)
//	form := ui.NewForm(ctx,
//		ui.NewTextField(ctx, ui.Head{ID: "name", Label: "Name"}).WithPlaceholder("my_app"),
//		ui.NewToggle(ctx, ui.Head{ID: "cortex", Label: "Cortex"}),
//		ui.NewButton(ctx, ui.Head{ID: "next", Label: "Continue"}),
//	)
//	form = form.SetSize(frame.Left().W, frame.Left().H)
//	form, cmd = form.Update(msg)
//	switch a := form.Action(); a.Kind { case ui.Submit: … }
//	content := frame.Render(ui.Screen{Title: "App", Left: form.View(), Right: code.View()})
//	x, y, ok := form.Cursor() // add frame.Left().X and .Y
package ui

// Package wizard is the Bubble Tea program: a screen for each step, the preview, keys and the mouse. The questions and
// their order are in package steps.
package wizard

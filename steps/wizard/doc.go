// Package wizard is the Bubble Tea program: a screen for each step, the preview, keys and mouse. What
// is asked and in which order is in package steps.
package wizard

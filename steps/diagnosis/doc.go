// Package diagnosis shows what sleet doctor found: as a text, or on a terminal as a tree whose chains unfold.
package diagnosis

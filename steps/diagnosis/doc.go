// Package diagnosis shows the diagnosis of sleet doctor, as text or as an interactive tree on a terminal.
package diagnosis

// Package crash limits the effects of a process that ends unexpectedly: a core file with secrets, and a terminal left
// in the modes of a screen. It knows nothing of commands or screens.
package crash

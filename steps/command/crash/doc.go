// Package crash limits what the end of a process without warning leaves behind: a core file with secrets in it, and a
// terminal in the modes of a screen. It knows nothing of commands or screens.
package crash

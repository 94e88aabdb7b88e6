// Package migrate moves a warehouse app to the container runtime: from what stands in its folder to
// edits of its files, new files and what is left to the person. It is pure but for Apply and Undo.
package migrate

// Package migrate migrates a warehouse app to the container runtime. From the files in its folder it plans edits, new
// files and the work left to the person. It is pure except for the functions that read and write backups, such as Apply
// and Undo.
package migrate

// Package existing is the model of the apps that somebody wrote: a folder, the apps in it, and of each
// app its files, code, imports, manifests and secrets. Read takes a snapshot of a folder and is the only
// I/O; what a rule or a migration asks of the model is found out once and kept with it.
//
// Package existing does not judge: that is sleet/scaffold/check.
package existing

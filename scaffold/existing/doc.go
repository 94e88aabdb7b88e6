// Package existing is a model of the existing apps in a folder: their files, code, imports, manifests and secrets. Read
// takes a snapshot of a folder and is the only I/O. The model caches what rules and migrations compute from it.
//
// The package does not judge apps; package sleet/scaffold/check does.
package existing

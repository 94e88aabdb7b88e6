// Package upload says which files of a folder belong to the app on its stage, and refuses those that hold
// secrets.
package upload

// Package upload decides which files of a folder belong to the app on its stage and rejects those
// that contain secrets. It does not upload them.
package upload

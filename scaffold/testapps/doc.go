// Package testapps provides apps for tests and compares results with golden files.
package testapps

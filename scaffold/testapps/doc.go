// Package testapps has apps for the tests of what is made from one, and holds results against golden files.
package testapps

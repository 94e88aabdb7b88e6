// Package validate reports problems in the answers about an app. A rule is a row with an ID, the
// page that it comes from, the function that checks it and its words. The package does not fix
// anything.
package validate

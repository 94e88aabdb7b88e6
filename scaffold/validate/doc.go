// Package validate finds what is wrong with the answers about an app. A rule is a row: an id, the page that it
// comes from, the function that finds it and its words.
package validate

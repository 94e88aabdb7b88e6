// Package steps is the wizard: what is asked, in which order, and what becomes of the answers.
// The order is a pure function of the state (Path), a question is a row of a table (Question),
// and a screen and a line-by-line dialogue are two ways to ask the same rows.
package steps

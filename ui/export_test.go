package ui

// Cut is cut with the usual sign.
func Cut(s string, w int) string { return cut(s, w, ellipsis) }

// Fit is fit with the usual sign.
func Fit(s string, w int) string { return fit(s, w, ellipsis) }

// CutMiddle is cutMiddle with the usual sign.
func CutMiddle(s string, w int) string { return cutMiddle(s, w, ellipsis) }

// Package steps describes the journeys of sleet as data: the State with the answers, the Path of steps that it calls
// for, the questions of each step, and the effects that the interfaces may call. The wizard and the accessible mode
// show them; this package has no terminal code.
package steps

package steps

import "slices"

// Path returns the steps that the current answers call for, in order.
func Path(s State) []StepID { return called(way(s), s) }

// Journey returns the steps that a step is counted among: those of creating or migrating an app, or those in an
// account.
func Journey(s State, id StepID) []StepID {
	if IsDeployStep(id) {
		return called(deployJourney, s)
	}
	return called(writeJourney(s), s)
}

// writeJourney returns the journey that ends with an app's files.
func writeJourney(s State) []stop {
	if s.Migration != nil {
		return migrateJourney
	}
	return newJourney
}

// way returns all stops of a State: a journey to an app's files, the one into an account, or both.
func way(s State) []stop {
	switch {
	case s.RunOptions != nil: // the command line named the app
		return deployJourney
	case s.Deploys && s.Existing:
		return append([]stop{{id: Start}}, deployJourney...)
	case s.Deploys:
		return slices.Concat(writeJourney(s), deployJourney)
	default:
		return writeJourney(s)
	}
}

// called returns the steps of a journey that the State calls for.
func called(journey []stop, s State) []StepID {
	var path []StepID
	for _, stop := range journey {
		if stop.when == nil || stop.when(s) {
			path = append(path, stop.id)
		}
	}
	return path
}

// asking returns the steps that ask about the app, including those that the short path skips.
func asking(s State) []StepID {
	s.Every = true
	return slices.DeleteFunc(called(writeJourney(s), s), func(id StepID) bool { return id.Row().Review == nil })
}

// around returns the steps before and after a step on the path. A step that is not on the path has the place that it
// would have if it were. An answer that is changed during a deployment has its place among the steps of the app.
func around(s State, id StepID) (before, after []StepID) {
	all := way(s)
	is := func(stop stop) bool { return stop.id == id }
	if !slices.ContainsFunc(all, is) {
		all = writeJourney(s)
	}
	i := slices.IndexFunc(all, is)
	if i < 0 {
		return nil, nil
	}
	return called(all[:i], s), called(all[i+1:], s)
}

// Next returns the step after id on the path; ok is false at its end.
func Next(s State, id StepID) (next StepID, ok bool) {
	if _, after := around(s, id); len(after) > 0 {
		return after[0], true
	}
	return id, false
}

// Back returns the step before id on the path. ok is false at its start, and for a step that cannot be left backwards.
func Back(s State, id StepID) (back StepID, ok bool) {
	before, _ := around(s, id)
	if len(before) == 0 || id.Row().Closed {
		return id, false
	}
	return before[len(before)-1], true
}

// HidesPreview reports whether a step shows no file beside it: a migration shows its changes in their own step. The
// start shows a file for each of its offers.
func HidesPreview(s State, id StepID) bool {
	return id.Row().Alone || s.Migration != nil && id != Start
}

// IsDeployStep reports whether a step belongs to a deployment.
func IsDeployStep(id StepID) bool {
	return slices.ContainsFunc(deployJourney, func(stop stop) bool { return stop.id == id })
}

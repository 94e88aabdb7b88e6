package steps

import "slices"

// Path returns the steps that the answers so far call for, in order.
func Path(s State) []StepID { return called(way(s), s) }

// Journey returns the steps that a step is counted among, as far as the answers call for them: those of making or
// migrating an app, or those in an account.
func Journey(s State, id StepID) []StepID {
	if IsDeployStep(id) {
		return called(deployJourney, s)
	}
	return called(writeJourney(s), s)
}

// writeJourney is the journey that ends with an app's files.
func writeJourney(s State) []stop {
	if s.Migration != nil {
		return migrateJourney
	}
	return newJourney
}

// way is all that a State leads through: a journey to an app's files, the one into an account, or both.
func way(s State) []stop {
	switch {
	case s.Given != nil: // a command line named the app
		return deployJourney
	case s.Deploys && s.Existing:
		return append([]stop{{id: Start}}, deployJourney...)
	case s.Deploys:
		return slices.Concat(writeJourney(s), deployJourney)
	default:
		return writeJourney(s)
	}
}

// called are the steps of a journey that the State calls for.
func called(journey []stop, s State) []StepID {
	var path []StepID
	for _, stop := range journey {
		if stop.when == nil || stop.when(s) {
			path = append(path, stop.id)
		}
	}
	return path
}

// asking returns the steps that ask about the app, those that the short way leaves out too.
func asking(s State) []StepID {
	s.Every = true
	return slices.DeleteFunc(called(writeJourney(s), s), func(id StepID) bool { return id.Row().Review == nil })
}

// around returns the steps of the path before and after a step. One that is not on the path counts as standing where
// it would if it were called for; an answer that is changed on the way into an account stands among those of the app.
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

// Back returns the step before id on the path; ok is false at its start, and for a step that nothing leads back out of.
func Back(s State, id StepID) (back StepID, ok bool) {
	before, _ := around(s, id)
	if len(before) == 0 || id.Row().Closed {
		return id, false
	}
	return before[len(before)-1], true
}

// Alone reports whether a step has no file to show: a migration shows its changes in a step of their own. The start has a
// file for each of its offers.
func Alone(s State, id StepID) bool {
	return id.Row().Alone || s.Migration != nil && id != Start
}

// IsDeployStep reports whether a step is one of those in an account.
func IsDeployStep(id StepID) bool {
	return slices.ContainsFunc(deployJourney, func(stop stop) bool { return stop.id == id })
}

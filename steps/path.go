package steps

import (
	"slices"

	"sleet/steps/deploy"
)

// StepID names a step; its words are under the same name in the message files.
type StepID string

// The steps.
const (
	Start    StepID = "start"
	AppStep  StepID = "app"
	Runtime  StepID = "runtime"
	Compute  StepID = "compute"
	Packages StepID = "packages"
	Hosts    StepID = "hosts"
	Secrets  StepID = "secrets"
	Config   StepID = "config"
	Values   StepID = "values"
	Roles    StepID = "roles"
	Reviewed StepID = "review"
	Writing  StepID = "writing"
	Done     StepID = "done"

	// An app that stands there already, on its way to the container runtime.
	MoveReport  StepID = "report"
	MoveChanges StepID = "changes"
	MoveManual  StepID = "manual"

	AccountStep StepID = "account"
	GivenStep   StepID = "given"
	PlanStep    StepID = "plan"
	LiveStep    StepID = "live"
)

// All gives every step of making an app in its order.
func All() []StepID {
	return []StepID{
		Start, AppStep, Runtime, Compute, Packages, Hosts, Secrets, Config, Values, Roles, Reviewed, Writing, Done,
	}
}

// LiveSteps gives the steps of setting the app up in an account, which come after all others where
// the person wants them.
func LiveSteps() []StepID { return []StepID{AccountStep, GivenStep, PlanStep, LiveStep} }

// MoveSteps gives the steps of moving an app, in their order.
func MoveSteps() []StepID {
	return []StepID{MoveReport, Compute, Secrets, MoveChanges, MoveManual, Writing, Done}
}

// order gives all steps there are.
func order() []StepID {
	return append([]StepID{
		Start, MoveReport, AppStep, Runtime, Compute, Packages, Hosts, Secrets, Config, Values, Roles, MoveChanges, MoveManual, Reviewed, Writing, Done,
	}, LiveSteps()...)
}

// Path gives the steps that the answers so far call for, in order.
func Path(s State) []StepID {
	return slices.DeleteFunc(order(), func(id StepID) bool { return !called(id, s) })
}

// called says whether a step is on the path.
func called(id StepID, s State) bool {
	if s.Move != nil && !isLive(id) && id != Start {
		return slices.Contains(MoveSteps(), id) && (id != Secrets || len(s.App.Secrets) > 0)
	}
	switch id {
	case MoveReport, MoveChanges, MoveManual:
		return false
	case Start:
		return s.Folder.Saved || s.Draft != nil || len(s.Folder.Others) > 0 || movable(s)
	case AppStep, Runtime, Secrets, Reviewed, Writing, Done:
		return true
	case AccountStep, PlanStep, LiveStep:
		return s.Live
	case GivenStep:
		return s.Live && len(deploy.ValueParts(s.App)) > 0
	case Values:
		// Values that the runtime cannot have are still asked about, so that they can be removed.
		return s.Every && (s.facts().SecretsFile || len(s.App.Values) > 0)
	default:
		return s.Every
	}
}

// Next gives the step after id on the path; ok is false at its end. A step that is not on the
// path counts as standing where it would in the whole order.
func Next(s State, id StepID) (next StepID, ok bool) {
	all := order()
	for _, candidate := range all[slices.Index(all, id)+1:] {
		if called(candidate, s) {
			return candidate, true
		}
	}
	return id, false
}

// Back gives the step before id on the path; ok is false at its start. Nothing leads back out of
// the writing, nor out of a run in an account.
func Back(s State, id StepID) (back StepID, ok bool) {
	if id == Writing || id == Done || id == AccountStep || id == LiveStep {
		return id, false
	}
	all := order()
	for i := slices.Index(all, id) - 1; i >= 0; i-- {
		if called(all[i], s) {
			return all[i], true
		}
	}
	return id, false
}

package steps

import (
	"slices"

	"sleet/steps/deploy"
)

// StepID names a step; its words are under the same name in the message files.
type StepID string

// The steps.
const (
	Start StepID = "start"
	// ConnectStep logs in before the questions, so that answers are chosen from what the account has.
	ConnectStep StepID = "connect"
	AppStep     StepID = "app"
	Runtime     StepID = "runtime"
	Compute     StepID = "compute"
	Packages    StepID = "packages"
	Hosts       StepID = "hosts"
	Secrets     StepID = "secrets"
	Config      StepID = "config"
	Values      StepID = "values"
	Roles       StepID = "roles"
	ReviewStep  StepID = "review"
	Writing     StepID = "writing"
	Done        StepID = "done"

	// An app that is there already, on its way to the container runtime.
	MigrationReport  StepID = "report"
	MigrationChanges StepID = "changes"
	MigrationManual  StepID = "manual"

	AccountStep      StepID = "account"
	SecretValuesStep StepID = "given"
	PlanStep         StepID = "plan"
	DeployStep       StepID = "live"
)

// DeploySteps returns the steps of setting the app up in an account, which come after all others where
// the person wants them.
func DeploySteps() []StepID { return []StepID{AccountStep, SecretValuesStep, PlanStep, DeployStep} }

// MigrationSteps returns the steps of moving an app, in their order.
func MigrationSteps() []StepID {
	return []StepID{MigrationReport, Compute, Secrets, MigrationChanges, MigrationManual, Writing, Done}
}

// Order returns all steps there are.
func Order() []StepID {
	return append([]StepID{
		Start, ConnectStep, MigrationReport, AppStep, Runtime, Compute, Packages, Hosts, Secrets, Config, Values, Roles, MigrationChanges, MigrationManual, ReviewStep, Writing, Done,
	}, DeploySteps()...)
}

// Path returns the steps that the answers so far call for, in order.
func Path(s State) []StepID {
	return slices.DeleteFunc(Order(), func(id StepID) bool { return !called(id, s) })
}

// called reports whether a step is on the path.
func called(id StepID, s State) bool {
	if s.Migration != nil && id == Start {
		return movable(s) // the command that migrates opens with the report
	}
	if s.Migration != nil && !IsDeployStep(id) {
		return slices.Contains(MigrationSteps(), id) && (id != Secrets || len(s.App.Secrets) > 0)
	}
	switch id {
	case MigrationReport, MigrationChanges, MigrationManual:
		return false
	case Start, Secrets, ReviewStep, Writing, Done:
		return true
	case ConnectStep:
		return s.ConnectFirst
	case AppStep, Runtime:
		return s.Every || !s.Defaults
	case AccountStep, PlanStep, DeployStep:
		return s.Deploys
	case SecretValuesStep:
		return s.Deploys && len(deploy.ValueParts(s.App)) > 0
	case Values:
		// Values that the runtime cannot have are still asked about, so that they can be removed.
		return s.Every && (s.facts().SecretsFile || len(s.App.Values) > 0)
	default:
		return s.Every
	}
}

// Next returns the step after id on the path; ok is false at its end. A step that is not on the
// path counts as standing where it would in the whole order.
func Next(s State, id StepID) (next StepID, ok bool) {
	all := Order()
	for _, candidate := range all[slices.Index(all, id)+1:] {
		if called(candidate, s) {
			return candidate, true
		}
	}
	return id, false
}

// Back returns the step before id on the path; ok is false at its start. Nothing leads back out of
// the writing, nor out of a run in an account.
func Back(s State, id StepID) (back StepID, ok bool) {
	if id == Writing || id == Done || id == AccountStep || id == DeployStep {
		return id, false
	}
	all := Order()
	for i := slices.Index(all, id) - 1; i >= 0; i-- {
		if called(all[i], s) {
			return all[i], true
		}
	}
	return id, false
}

// IsMigrationStep reports whether a step is one of moving an app alone.
func IsMigrationStep(id StepID) bool {
	return slices.Contains([]StepID{MigrationReport, MigrationChanges, MigrationManual}, id)
}

// IsDeployStep reports whether a step is one of those in an account.
func IsDeployStep(id StepID) bool { return slices.Contains(DeploySteps(), id) }

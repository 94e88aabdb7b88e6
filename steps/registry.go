package steps

import (
	"slices"

	"sleet/scaffold"
	"sleet/steps/deploy"
	"sleet/ui/message"
)

// StepID names a step and its messages.
type StepID string

// The steps.
const (
	Start StepID = "start"
	// ConnectStep logs in before the questions, so that answers can be chosen from what the account has.
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

	// The steps that migrate an app to the container runtime.
	MigrationReport  StepID = "report"
	MigrationChanges StepID = "changes"
	MigrationManual  StepID = "manual"

	AccountStep      StepID = "account"
	SecretValuesStep StepID = "given"
	PlanStep         StepID = "plan"
	DeployStep       StepID = "live"
	RemoveStep       StepID = "remove"
)

// Title returns the message id of the step's title, on its screen and in the accessible mode.
func (id StepID) Title() message.ID { return message.ID("step." + string(id) + ".title") }

// Name returns the message id of the step's name in the header and in the review.
func (id StepID) Name() message.ID { return message.ID("step." + string(id) + ".name") }

// About returns the message id of the text below the step's title.
func (id StepID) About() message.ID { return message.ID("step." + string(id) + ".about") }

// Step describes one step, a row of the registry. steps/wizard/screens.go has the screens of steps that need their own,
// steps/accessible/dialogues.go the dialogues; any other step asks its questions.
type Step struct {
	ID StepID
	// Questions returns what the step asks, in order; nil for a step with its own screen or dialogue.
	Questions func(State) []Question
	// Rows returns the rows of a step that asks in a table, one row at a time; nil for any other.
	Rows func(scaffold.App) []string
	// Review returns the summary of the step's answers in the review; r has the defaults filled in. nil is a step that
	// asks nothing about the app.
	Review func(s State, r scaffold.App) message.Message
	// Tables are the tables of sleet.toml whose problems belong to the step if no question has their path.
	Tables []string
	// Alone reports that the step shows no file beside it, Closed that only its own keys leave it, Works that it is
	// running something, so that no file may be edited.
	Alone, Closed, Works bool
}

// registry has one row per step.
var registry = []Step{
	{ID: Start},
	{ID: ConnectStep, Alone: true},
	{ID: AppStep, Questions: appQuestions, Review: reviewApp, Tables: []string{"app"}},
	{ID: Runtime, Questions: runtimeQuestions, Review: reviewRuntime},
	{ID: Compute, Questions: computeQuestions, Review: reviewCompute},
	{ID: Packages, Questions: packageQuestions, Review: reviewPackages, Tables: []string{"python"}},
	{ID: Hosts, Questions: hostQuestions, Review: reviewHosts, Tables: []string{"network"}},
	{ID: Secrets, Rows: secretNames, Review: reviewSecrets, Tables: []string{"secrets"}},
	{ID: Config, Rows: ConfigKeys, Review: reviewConfig, Tables: []string{"config"}},
	{ID: Values, Questions: valuesQuestions, Review: reviewValues, Tables: []string{ValuesID}},
	{ID: Roles, Questions: roleQuestions, Review: reviewRoles, Tables: []string{"roles"}},
	{ID: ReviewStep},
	{ID: Writing, Closed: true, Works: true},
	{ID: Done, Closed: true},

	{ID: MigrationReport, Alone: true},
	{ID: MigrationChanges, Alone: true},
	{ID: MigrationManual, Alone: true},

	{ID: AccountStep, Alone: true},
	{ID: SecretValuesStep, Alone: true},
	{ID: PlanStep, Alone: true},
	{ID: DeployStep, Alone: true, Closed: true, Works: true},
	{ID: RemoveStep, Alone: true, Closed: true, Works: true},
}

// Row returns the registry's row of a step.
func (id StepID) Row() Step {
	i := slices.IndexFunc(registry, func(row Step) bool { return row.ID == id })
	if i < 0 {
		return Step{ID: id}
	}
	return registry[i]
}

// stop is a step of a journey; when reports whether a State calls for it, nil means always.
type stop struct {
	id   StepID
	when func(State) bool
}

// The journeys.
var (
	// newJourney creates an app or updates one.
	newJourney = []stop{
		{id: Start},
		{ConnectStep, func(s State) bool { return s.ConnectFirst }},
		{AppStep, customized},
		{Runtime, customized},
		{Compute, everyStep},
		{Packages, everyStep},
		{Hosts, everyStep},
		{id: Secrets},
		{Config, everyStep},
		{Values, hasValues},
		{Roles, everyStep},
		{id: ReviewStep},
		{id: Writing},
		{id: Done},
	}
	// migrateJourney migrates an app to the container runtime. The migrate command starts at the report.
	migrateJourney = []stop{
		{Start, movable},
		{id: MigrationReport},
		{id: Compute},
		{Secrets, func(s State) bool { return len(s.App.Secrets) > 0 }},
		{id: MigrationChanges},
		{id: MigrationManual},
		{id: Writing},
		{id: Done},
	}
	// deployJourney deploys an app to an account.
	deployJourney = []stop{
		{id: AccountStep},
		{SecretValuesStep, func(s State) bool { return !s.IsRemoval() && len(deploy.ValueParts(s.App)) > 0 }},
		{id: PlanStep},
		{DeployStep, func(s State) bool { return !s.IsRemoval() }},
		{RemoveStep, State.IsRemoval},
	}
)

func everyStep(s State) bool { return s.Every }

// customized reports whether the person names the app rather than taking the defaults.
func customized(s State) bool { return s.Every || !s.Defaults }

// hasValues reports whether to ask for values. If the runtime does not support them, the existing ones are still asked
// about, so that they can be removed.
func hasValues(s State) bool { return s.Every && (s.facts().SecretsFile || len(s.App.Values) > 0) }

// Steps returns the ids of all steps.
func Steps() []StepID {
	ids := make([]StepID, 0, len(registry))
	for _, row := range registry {
		ids = append(ids, row.ID)
	}
	return ids
}

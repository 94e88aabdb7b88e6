package steps

import (
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/scaffold/migrate"
	"sleet/snowflake"
	"sleet/steps/deploy"
	"sleet/ui"
)

// What the steps line by line need of the screens.

// ThemeLines lists the colours of the app's theme with their contrast; none while it has none of
// its own.
func ThemeLines(k *ui.Kit, a scaffold.App) []string {
	const wide = 120
	if !coloured(a) {
		return nil
	}
	return listed(k, a, wide)
}

// ConfigOptions lists the options that the runtime obeys and that are for people to set.
func ConfigOptions(s State) []catalogue.Option { return offered(s) }

// StockNames lists what the account has for the answer to a question, and why that is not all; ok
// is false for a question about something that no account has.
func StockNames(q Question, stock Stock) (names []string, note snowflake.Text, ok bool) {
	kind, ok := stockOf(q)
	return stock[kind].Names, stock[kind].Note, ok
}

// StockAnswer gives the State with the name of something in the account as the answer.
func StockAnswer(q Question, s State, name string) State {
	kind, _ := stockOf(q)
	return stockScreen{question: q, kind: kind}.answered(s, name)
}

// StepFor gives the step and the path of the answer that a thing in the account follows from.
func StepFor(s State, ref snowflake.Ref, key string) (StepID, string) {
	to := stepFor(s, ref, key)
	return to.step, to.path
}

// FailureLines words what went wrong: what was said, what it means and what mends it.
func FailureLines(k *ui.Kit, err error) []string {
	const wide = 1000
	return failed(k, err, wide)
}

// PlanLines words one item of a plan with everything about it; the first line is what becomes of
// which thing.
func PlanLines(k *ui.Kit, s deploy.Assessment, i int) []string {
	item := s.Plan.Items[i]
	item.Ask = false // that is asked apart
	s.Plan.Items = []snowflake.Item{item}
	e := planScreen{kit: k, survey: s}.entry(0, item)
	lines := []string{e.Side + ": " + e.Title}
	for _, passage := range e.Detail {
		lines = append(lines, strings.Split(passage.Text, "\n")...)
	}
	return lines
}

// PlanCounts says in one line how much a plan does.
func PlanCounts(k *ui.Kit, s deploy.Assessment) string { return planScreen{kit: k, survey: s}.counts() }

// NewProfileFields lists the questions about a new connection, in order; the one with options is a
// choice. Their words are under "profile." and the name.
func NewProfileFields() (names []string, options map[string][]string) {
	return profileFields(), map[string][]string{"authenticator": authenticators()}
}

// NewProfile makes a connection of the answers, and names the first that it needs and lacks.
func NewProfile(answers map[string]string) (p Profile, missing string) {
	p = Profile{
		Name: answers["name"], Account: answers["account"], User: answers["user"], Role: answers["role"],
		Authenticator: answers["authenticator"], Warehouse: answers["warehouse"], Database: answers["database"], Schema: answers["schema"],
	}
	if p.Authenticator == authenticatorKey {
		p.KeyFile = answers["file"]
	} else {
		p.TokenFile = answers["file"]
	}
	return p, strings.TrimPrefix(profileScreen{}.missing(p), newProfilePrefix)
}

// WantedParts are the parts of values that must be given before a plan can be carried out, and
// those of secrets that exist, which may be given anew.
func WantedParts(app scaffold.App, s deploy.Assessment) (needed, others []deploy.ValuePart) {
	return wantedParts(app, s)
}

// Tick gives a Move with manual work ticked, or not any more; Ticks says whether it is.
func (m *Move) Tick(n migrate.Note) *Move {
	id := noteID(n)
	return m.with(func(m *Move) { m.Ticked[id] = !m.Ticked[id] })
}

// Ticks says whether manual work is ticked as done.
func (m *Move) Ticks(n migrate.Note) bool { return m.Ticked[noteID(n)] }

// Rewritten gives a Move with a file as the person wrote it.
func (m *Move) Rewritten(path string, text []byte) *Move {
	return m.with(func(m *Move) { m.Edited[path] = text })
}

// Text gives a file of the move as it is to become with all that is taken.
func (m *Move) Text(s State, g MoveGroup) ([]byte, error) {
	if text := m.Edited[g.Path]; text != nil {
		return text, nil
	}
	plan, err := m.Plan(s.App)
	text := g.Now
	for _, c := range plan.Changes {
		if c.Path == g.Path {
			text = c.New
		}
	}
	return text, err
}

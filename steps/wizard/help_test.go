package wizard

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"sleet/scaffold"
	"sleet/steps"
	"sleet/steps/wizard/screen"
	"sleet/ui"
	"sleet/ui/message"
)

// sampleForHelp returns an app with something to ask in every step.
func sampleForHelp(runtime scaffold.Runtime) steps.State {
	a := app("weather")
	a.App.Runtime = runtime
	a.Network.Hosts = []string{"api.example.com", "files.example.com"}
	a.Python.Packages = []string{"pandas>=2", "plotly"}
	a.Secrets = []scaffold.SecretDecl{{Key: "api_key"}, {Key: "sign_in", Type: scaffold.OAuth2, Flow: scaffold.ClientCredentials}, {Key: "cloud", Type: scaffold.CloudProviderToken}}
	a.Config = map[string]any{"theme.primaryColor": "#0b7285", "theme.base": "dark"}
	return steps.State{App: a, Every: true}
}

// formOf returns the form of a step that has one.
func formOf(w Wizard) ui.Form {
	f, _ := w.top().(formScreen)
	return f.Form
}

// TestHelpListsWorkingKeys checks that every key that the help of a step lists works there.
func TestHelpListsWorkingKeys(t *testing.T) {
	t.Parallel()
	for _, id := range []steps.StepID{steps.AppStep, steps.Runtime, steps.Compute, steps.Packages, steps.Hosts, steps.Secrets, steps.Config, steps.Values, steps.Roles, steps.ReviewStep} {
		t.Run(string(id), func(t *testing.T) {
			t.Parallel()
			h := newHand(t, sampleForHelp(scaffold.Container), steps.Effects{})
			h.frozen = true
			h.Wizard, _ = h.enter(screen.Place{Step: id})
			for _, group := range h.keyGroups() {
				for _, b := range group.Keys {
					worked := false
					for _, name := range b.Keys() {
						model, cmd := h.Update(press(strings.Replace(name, "delete", "d", 1)))
						next, _ := model.(Wizard)
						worked = worked || cmd != nil || ansi.Strip(next.View().Content) != h.screen() || next.View().MouseMode != h.View().MouseMode
					}
					if b.Help().Key == h.context.Keys.Down.Help().Key { // it is also the key for up
						model, _ := h.Update(press("up"))
						next, _ := model.(Wizard)
						worked = worked || next.View().Content != h.View().Content
					}
					_, choice := ui.Get[ui.Choice](formOf(h.Wizard), h.top().Focus())
					if !worked && !(choice && b.Help().Key == "space") { // the selected option can be selected again
						t.Errorf("%q (%s) does nothing", b.Help().Key, b.Help().Desc)
					}
				}
			}
		})
	}
}

// TestEveryFieldIsExplained checks that every field says why it matters and has a public page, and that every option
// with texts has a benefit or a cost.
func TestEveryFieldIsExplained(t *testing.T) {
	t.Parallel()
	plain := map[string]bool{"app.language": true} // its options need no explanation, and it is specific to sleet
	for _, lang := range []string{"en", "ja"} {
		say := message.For(lang).T
		for _, runtime := range []scaffold.Runtime{scaffold.Container, scaffold.Warehouse} {
			s := sampleForHelp(runtime)
			var all []steps.Question
			for _, id := range steps.Steps() {
				all = append(all, steps.Questions(id, s)...)
			}
			for i := range s.App.Secrets {
				all = append(all, steps.SecretQuestions(s, i)...)
			}
			for name := range s.App.Config {
				all = append(all, steps.ConfigQuestion(name))
			}
			for _, q := range all {
				label, why := q.Words(say)
				if label == "" || why == "" || strings.HasPrefix(label, "ask.") {
					t.Errorf("%s, %s: label %q, why %q", lang, q.ID, label, why)
				}
				if !strings.HasPrefix(q.Page, "https://") && !plain[q.ID] {
					t.Errorf("%s has the page %q", q.ID, q.Page)
				}
				if q.Kind != steps.Choice || plain[q.ID] {
					continue
				}
				for _, o := range q.Options(s) {
					if w := o.In(say); o.Words != "" && !strings.HasPrefix(o.Words, "ask.config.unset") && w.Brings+w.Costs == "" {
						t.Errorf("%s, %s: option %s has neither a benefit nor a cost", lang, q.ID, o.Value)
					}
				}
			}
		}
	}
}

// TestOptionsSpeakOfTheApp checks that the options of the runtime and of the source mention the app's secrets and
// packages.
func TestOptionsSpeakOfTheApp(t *testing.T) {
	t.Parallel()
	s := sampleForHelp(scaffold.Container)
	s.App.Values = map[string]any{"endpoint": "x"}
	say := message.For("en").T
	for _, tc := range []struct {
		step   steps.StepID
		id     string
		option string
		want   string
	}{
		{steps.Runtime, "app.runtime", "container", "api_key, sign_in, cloud through a function"},
		{steps.Runtime, "app.runtime", "warehouse", "api_key, sign_in, cloud through _snowflake; no version range for pandas; does not read [values]"},
		{steps.Compute, "python.source", "artifact-repository", "installs pandas, plotly"},
		{steps.Compute, "python.source", "pypi-integration", "installs pandas, plotly; ACCOUNTADMIN must create the integration"},
		{steps.Compute, "python.source", "preinstalled", "cannot install pandas, plotly"},
	} {
		for _, q := range steps.Questions(tc.step, s) {
			if q.ID != tc.id {
				continue
			}
			for _, o := range q.Options(s) {
				if got := o.In(say).Here; o.Value == tc.option && got != tc.want {
					t.Errorf("%s = %s: got %q, want %q", tc.id, tc.option, got, tc.want)
				}
			}
		}
	}
}

package survey_test

import (
	"testing"

	"sleet/steps/survey"
)

// TestUse compares apps with containers: a node runs on each day of use and three more, at most 30, for 1.44 credits a
// day.
func TestUse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		days             int
		running, queries float64
		want             survey.Usage
	}{
		{1, 2, 0.5, survey.Usage{Days: 1, Credits: 2.5, ContainerCredits: 6.26}},
		{7, 0, 0, survey.Usage{Days: 7, ContainerCredits: 40.32}},
		{8, 10, 1, survey.Usage{Days: 8, Credits: 11, ContainerCredits: 44.2}},
		{31, 300.004, 0, survey.Usage{Days: 31, Credits: 300, ContainerCredits: 43.2}},
	} {
		a := survey.App{Runtime: "warehouse"}
		a.SetUsage(test.days, test.running, test.queries)
		if a.Usage == nil || *a.Usage != test.want {
			t.Errorf("Use(%d days) = %+v, want %+v", test.days, a.Usage, test.want)
		}
	}
	a := survey.App{Runtime: "container"}
	if a.SetUsage(3, 1, 1); a.Usage != nil {
		t.Errorf("usage of a container app = %+v, want nil", a.Usage)
	}
}

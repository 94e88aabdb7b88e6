package doctor_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"sleet/steps/doctor"
)

const banner = "  You can now view your Streamlit app in your browser."

// TestStart waits for apps with various output. The last conclusive line counts.
func TestStart(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		looks [][]string // what each read returns
		err   error
		want  doctor.Outcome
		line  string
	}{
		"at once":         {[][]string{{banner}}, nil, doctor.Started, ""},
		"later":           {[][]string{nil, {"Installing packages"}, {"Installing packages", banner}}, nil, doctor.Started, ""},
		"fails":           {[][]string{{"ModuleNotFoundError: No module named 'openpyxl'"}}, nil, doctor.Failed, "ModuleNotFoundError: No module named 'openpyxl'"},
		"tries again":     {[][]string{{"No solution found when resolving dependencies:"}, {"No solution found when resolving dependencies:", banner}}, nil, doctor.Started, ""},
		"silent":          {[][]string{{"Installing packages"}}, nil, doctor.Inconclusive, ""},
		"not to be read":  {[][]string{nil}, errors.New("refused"), doctor.Unreadable, ""},
		"fails afterward": {[][]string{{banner, "Error: No such option: --server.x"}}, nil, doctor.Failed, "Error: No such option: --server.x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := 0
			s := doctor.StartWait{Interval: time.Millisecond, Timeout: 200 * time.Millisecond, Lines: func(context.Context) ([]string, error) {
				n++
				return test.looks[min(n, len(test.looks))-1], test.err
			}}
			if got := s.Wait(t.Context()); got.Outcome != test.want || got.Line != test.line {
				t.Errorf("Wait = %+v, want outcome %d, line %q", got, test.want, test.line)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := (doctor.StartWait{Interval: time.Minute, Timeout: time.Minute, Lines: func(context.Context) ([]string, error) { return nil, nil }}).Wait(ctx); got.Outcome != doctor.Canceled {
		t.Errorf("canceled Wait = %+v", got)
	}
}

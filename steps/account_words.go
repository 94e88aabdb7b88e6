package steps

import (
	"fmt"
	"strconv"
	"time"

	"sleet/snowflake"
	"sleet/ui"
)

func itoa(i int) string { return strconv.Itoa(i) }

// elapsed words a time as people read it.
func elapsed(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	default:
		return fmt.Sprintf("%d:%02d min", int(d.Minutes()), int(d.Seconds())%60)
	}
}

// secretOf takes the value out of a masked field.
func secretOf(f ui.SecretField) snowflake.Secret { return snowflake.NewSecret(f.Reveal()) }

// deployment is what the State brings to an account.
func (s State) deployment() Deployment {
	return Deployment{App: s.App.Clone(), Dir: s.Folder.Dir, Values: s.Given}
}

// shownOr gives a value, or the word for none.
func shownOr(k *ui.Kit, value string) string {
	if value == "" {
		return k.T("plan.none")
	}
	return value
}

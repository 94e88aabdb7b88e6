package survey

import (
	"math"
	"strconv"

	"sleet/scaffold"
)

// Usage compares the cost of an app in a warehouse over the last 30 days with that of a container.
type Usage struct {
	// Days is the number of days on which somebody used the app.
	Days int `json:"days"`
	// Credits are the credits of its queries without the warehouse's idle time, a lower bound of its cost.
	Credits float64 `json:"credits"`
	// ContainerCredits are the credits of a node for this app alone and of the app's own SQL, an upper bound of a
	// container's cost.
	ContainerCredits float64 `json:"container_credits"`
}

// The smallest CPU node, for one app. It runs for three days after the last viewer has left.
// https://www.snowflake.com/legal-files/CreditConsumptionTable.pdf, table 1(e)
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/billing
const (
	Node           = "CPU_X64_XS"
	NodeCredits    = 0.06 // per hour
	hoursOfDay     = 24
	daysAfterUse   = 3
	periodOfSurvey = 30
)

// SetUsage sets the usage of a warehouse app from the days of use, the credits of the queries that run the app, and
// those of its own SQL. The usage of a container app is that of its pool, and is not compared.
func (a *App) SetUsage(days int, running, queries float64) {
	if a.Runtime == string(scaffold.Container) {
		return
	}
	awake := min(periodOfSurvey, days*(1+daysAfterUse))
	a.Usage = &Usage{Days: days, Credits: roundCents(running + queries), ContainerCredits: roundCents(queries + float64(awake*hoursOfDay)*NodeCredits)}
}

// Rate returns NodeCredits as text.
func Rate() string { return strconv.FormatFloat(NodeCredits, 'f', -1, 64) }

// roundCents rounds credits to hundredths.
func roundCents(credits float64) float64 { return math.Round(credits*100) / 100 } //nolint:mnd // Hundredths.

// HasUsage reports whether the usage of any app is known.
func (r Report) HasUsage() bool {
	for _, a := range r.Apps {
		if a.Usage != nil {
			return true
		}
	}
	return false
}

// costs returns an app's credits in a warehouse and in a container as text, empty if unknown.
func (a App) costs() (now, container string) {
	if a.Usage == nil {
		return "", ""
	}
	const two = 2
	return strconv.FormatFloat(a.Usage.Credits, 'f', two, 64), strconv.FormatFloat(a.Usage.ContainerCredits, 'f', two, 64)
}

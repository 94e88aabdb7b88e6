package survey

import (
	"math"
	"strconv"

	"sleet/scaffold"
)

// Usage compares what an app in a warehouse cost in the last 30 days with what a container would have cost.
type Usage struct {
	// Days is on how many days somebody used the app.
	Days int `json:"days"`
	// Credits are those of its queries, without the warehouse's idle time: it cost at least this.
	Credits float64 `json:"credits"`
	// ContainerCredits are those of a node for the app alone and of the SQL that the app ran: a container costs at most this.
	ContainerCredits float64 `json:"container_credits"`
}

// A node that has the smallest CPU, which one app takes; it runs for three days after the last viewer has left.
// https://www.snowflake.com/legal-files/CreditConsumptionTable.pdf, table 1(e)
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/billing
const (
	Node           = "CPU_X64_XS"
	NodeCredits    = 0.06 // an hour
	hoursOfDay     = 24
	daysAfterUse   = 3
	periodOfSurvey = 30
)

// Use adds what the app cost: the days on which it was used, and the credits of the queries that ran it and of the SQL that it ran. A
// container's usage is that of its pool, and is not compared.
func (a *App) Use(days int, running, queries float64) {
	if a.Runtime == string(scaffold.Container) {
		return
	}
	awake := min(periodOfSurvey, days*(1+daysAfterUse))
	a.Usage = &Usage{Days: days, Credits: cents(running + queries), ContainerCredits: cents(queries + float64(awake*hoursOfDay)*NodeCredits)}
}

// Rate is NodeCredits as a text.
func Rate() string { return strconv.FormatFloat(NodeCredits, 'f', -1, 64) }

// cents rounds credits to hundredths.
func cents(credits float64) float64 { return math.Round(credits*100) / 100 } //nolint:mnd // Hundredths.

// Measured reports whether the usage of an app is known.
func (r Report) Measured() bool {
	for _, a := range r.Apps {
		if a.Usage != nil {
			return true
		}
	}
	return false
}

// costs are the texts of an app's credits, today and in a container: empty where they are not known.
func (a App) costs() (now, container string) {
	if a.Usage == nil {
		return "", ""
	}
	const two = 2
	return strconv.FormatFloat(a.Usage.Credits, 'f', two, 64), strconv.FormatFloat(a.Usage.ContainerCredits, 'f', two, 64)
}

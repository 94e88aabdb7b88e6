package deploy

import (
	"sleet/scaffold"
	"sleet/snowflake"
)

// PlaceError says that neither the answers nor the connection name a database.
type PlaceError struct{}

// Error says what to name.
func (e *PlaceError) Error() string { return e.Says().String() }

// Says gives the words.
func (*PlaceError) Says() snowflake.Text { return worded("live.no_database") }

func placeable(app scaffold.App, who snowflake.Context) error {
	if app.App.Database == "" && who.Database == "" {
		return &PlaceError{}
	}
	return nil
}

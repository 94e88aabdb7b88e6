package deploy

import (
	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/account"
	"sleet/ui/message"
)

// PlaceError says that the answers and the connection leave open where the app goes, or name a database
// that the role cannot use.
type PlaceError struct {
	said message.Message
	// Missing is what the answers have to name: a database, or a schema.
	Missing snowflake.Kind
}

// Error says what to set.
func (e *PlaceError) Error() string { return e.Says().String() }

// Says returns the words.
func (e *PlaceError) Says() message.Message { return e.said }

// placeable says what is missing of the place where the app goes: nothing can be made without it, and
// nobody can grant it.
func (a *accountDeployer) placeable(app scaffold.App, who snowflake.Context) error {
	configured := account.Configured(a.client)
	switch {
	case app.App.Database == "" && who.Database == "" && configured.Database != "":
		return &PlaceError{message.New("live.hidden_database", "database", configured.Database, "role", who.Role), snowflake.KindDatabase}
	case app.App.Database == "" && who.Database == "":
		return &PlaceError{message.New("live.no_database"), snowflake.KindDatabase}
	case app.App.Schema != "" || who.Schema != "" || app.App.Database != "":
		return nil
	case configured.Schema != "":
		return &PlaceError{message.New("live.hidden_schema", "schema", configured.Schema, "database", who.Database, "role", who.Role), snowflake.KindSchema}
	default:
		return &PlaceError{message.New("live.no_schema", "database", who.Database), snowflake.KindSchema}
	}
}

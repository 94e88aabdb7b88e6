package deploy

import (
	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/ui/message"
)

// LocationError reports that answers and connection do not determine where the app goes, or name a database or schema
// that the role cannot use.
type LocationError struct {
	message message.Message
	// Missing is what the answers have to name: a database or a schema.
	Missing snowflake.Kind
}

// Error returns the message in English.
func (e *LocationError) Error() string { return e.Message().String() }

// Message returns the message.
func (e *LocationError) Message() message.Message { return e.message }

// placeable returns a *LocationError if the app's database or schema is missing. Nothing can be created without it, and
// no grant helps.
func (a *accountDeployer) placeable(app scaffold.App, who snowflake.Context) error {
	configured := a.client.Configured()
	switch {
	case app.App.Database == "" && who.Database == "" && configured.Database != "":
		return &LocationError{message.New("live.hidden_database", "database", configured.Database, "role", who.Role), snowflake.KindDatabase}
	case app.App.Database == "" && who.Database == "":
		return &LocationError{message.New("live.no_database"), snowflake.KindDatabase}
	case app.App.Schema != "" || who.Schema != "" || app.App.Database != "":
		return nil
	case configured.Schema != "":
		return &LocationError{message.New("live.hidden_schema", "schema", configured.Schema, "database", who.Database, "role", who.Role), snowflake.KindSchema}
	default:
		return &LocationError{message.New("live.no_schema", "database", who.Database), snowflake.KindSchema}
	}
}

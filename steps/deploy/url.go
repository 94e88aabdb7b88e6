package deploy

import (
	"net/url"
	"strings"

	"sleet/snowflake"
)

// commercialHost is the Snowsight host of most accounts, for one that does not report its own.
const commercialHost = "app.snowflake.com"

// addresses returns the URLs of an app in Snowsight: for viewers by the app's id, empty if the account does not show
// it, and for builders by its name.
// https://docs.snowflake.com/en/developer-guide/streamlit/object-management/sharing
// https://docs.snowflake.com/en/user-guide/ui-snowsight-gs
func addresses(c snowflake.Context, name snowflake.Name, id string) (viewer, builder string) {
	// The account reports its host with or without the scheme.
	_, host, found := strings.Cut(strings.TrimRight(c.Snowsight, "/"), "://")
	if !found {
		host = strings.TrimRight(c.Snowsight, "/")
	}
	if host == "" {
		host = commercialHost
	}
	organization, account := c.Organization, c.Name
	if organization == "" || account == "" {
		organization, account = c.Region, c.Account
	}
	place := strings.ToLower(organization + "/" + account)
	builder = "https://" + host + "/" + place + "/#/streamlit-apps/" + url.PathEscape(name.Database+"."+name.Schema+"."+name.Object)
	if id != "" {
		viewer = "https://" + host + "/streamlit/" + place + "/#/apps/" + url.PathEscape(id)
	}
	return viewer, builder
}

package deploy

import (
	"fmt"
	"net/url"
	"strings"

	"sleet/snowflake"
)

// appURL is the address of an app in Snowsight.
// https://docs.snowflake.com/en/user-guide/ui-snowsight-gs
func appURL(c snowflake.Context, name string) string {
	parts, err := snowflake.Qualified(name)
	if err != nil {
		return ""
	}
	for i, part := range parts {
		if parts[i], err = snowflake.Stored(part); err != nil {
			return ""
		}
	}
	organization, account := c.Organization, c.Name
	if organization == "" || account == "" {
		organization, account = strings.ToLower(c.Region), c.Account
	}
	return fmt.Sprintf("https://app.snowflake.com/%s/%s/#/streamlit-apps/%s",
		strings.ToLower(organization), strings.ToLower(account), url.PathEscape(strings.Join(parts, ".")))
}

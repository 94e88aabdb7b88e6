package check

// pageSecurity is the page about what a browser may load in an app.
const pageSecurity = docs + "developer-guide/streamlit/object-management/security"

// rightsRules are the rules about whose rights an app runs with, and about what the viewer's browser may load.
func rightsRules() []Rule {
	return []Rule{
		{
			ID: "SL114", Title: "data of one viewer cached for all viewers",
			Breaks:   "with caller's rights each viewer has their own rows, and this cache shows them to every other viewer",
			Runtimes: container(), Severity: Error,
			Fix:  `add scope="session" to the cache`,
			Page: pageRights, check: sharedCallers,
		},
		{
			ID: "SL115", Title: "caller's rights that the runtime does not have",
			Breaks:   "the connection raises an error: caller's rights need a container and Streamlit 1.53.1 or later",
			Runtimes: everywhere(), Severity: Error,
			Fix:  "run the app in a container with streamlit>=1.53.1, or connect with the owner's rights",
			Page: pageRights, check: unsupportedCallers,
		},
		{
			ID: "SL116", Title: "content that the browser blocks",
			Breaks:   "the content security policy of Snowflake blocks scripts, styles and frames from elsewhere, and eval",
			Runtimes: everywhere(), Severity: Warning,
			Fix:  "put scripts and styles into the app's own files, and link to other pages instead of framing them",
			Page: pageSecurity, check: blockedContent,
		},
	}
}

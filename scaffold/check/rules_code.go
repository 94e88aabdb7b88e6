package check

// codeRules are the rules about what a container does not have, and what no runtime has.
func codeRules() []Rule {
	return []Rule{
		{
			ID: "SL101", Title: "import of get_active_session",
			Breaks:   "a container has no active session: the call raises an error, and where it does not it is not safe between viewers",
			Runtimes: container(), Severity: Error, Automatic: true,
			Fix:  `import streamlit, and take the session from one cached helper around st.connection("snowflake").session()`,
			Page: pageMigration, check: sessionImports,
		},
		{
			ID: "SL102", Title: "call of get_active_session",
			Breaks:   "a container has no active session: the call raises an error, and where it does not it is not safe between viewers",
			Runtimes: container(), Severity: Error, Automatic: true,
			Fix:  `call one cached helper around st.connection("snowflake").session()`,
			Page: pageMigration, check: sessionCalls,
		},
		{
			ID: "SL103", Title: "import of _snowflake",
			Breaks:   "a container has no module _snowflake: the import raises an error",
			Runtimes: container(), Severity: Error, Automatic: true,
			Fix:  "read secrets with st.secrets or through a function that holds them, and send requests with the session's token",
			Page: pageMigration, check: moduleImports,
		},
		{
			ID: "SL104", Title: "call of a _snowflake function",
			Breaks:   "a container has no module _snowflake: the call raises an error",
			Runtimes: container(), Severity: Error, Automatic: true,
			Fix:  "read secrets with st.secrets or through a function that holds them, and send requests with the session's token",
			Page: pageSecrets, check: moduleCalls,
		},
		{
			ID: "SL105", Title: "st.set_page_config argument without effect",
			Breaks:   "Snowsight ignores page_title, page_icon and menu_items in every runtime",
			Runtimes: everywhere(), Severity: Advice, Automatic: true,
			Fix:  "leave the argument out; the title that Snowsight shows is the app's TITLE",
			Page: pageLimits, check: pageArguments,
		},
		{
			ID: "SL106", Title: "Streamlit API that the target version removed",
			Breaks:   "the attribute or argument does not exist: the app stops with an error when the line runs",
			Runtimes: everywhere(), Severity: Error, Automatic: true,
			Fix:  "use its replacement",
			Page: pageReleases, check: removedAPIs,
		},
		{
			ID: "SL107", Title: "test for the warehouse runtime",
			Breaks:   "in a container the answer is no although the app runs in Snowflake: the app silently takes its local branch",
			Runtimes: container(), Severity: Warning,
			Fix:  `ask for what differs instead: st.connection("snowflake") works in Snowflake and on a developer's machine`,
			Page: pageMigration, check: probes,
		},
	}
}

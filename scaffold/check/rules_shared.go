package check

// sharedRules are the rules about one process that all viewers share.
func sharedRules() []Rule {
	return []Rule{
		{
			ID: "SL108", Title: "new session at each run",
			Breaks:   "each call of .session() outside a warehouse makes a session that is never closed: the app grows at every rerun",
			Runtimes: container(), Severity: Warning, Automatic: true,
			Fix:  "call it in one function under @st.cache_resource with validate=, and call that function",
			Page: pageConnection, check: freshSessions,
		},
		{
			ID: "SL109", Title: "state shared by all viewers",
			Breaks:   "a container runs one process for all viewers: what one viewer changes, all viewers see",
			Runtimes: container(), Severity: Warning,
			Fix:  "keep a viewer's state in st.session_state, and name role, warehouse, database and schema in each statement or in the connection",
			Page: pageMigration, check: sharedState,
		},
		{
			ID: "SL110", Title: "threads, event loops or process pools with a session",
			Breaks:   "the session is shared with all viewers' threads; Streamlit commands do not work in other threads",
			Runtimes: container(), Severity: Warning,
			Fix:  "let Snowflake run the queries side by side with collect_nowait(), or give each thread a cursor of its own and no Streamlit command",
			Page: pageThreads, check: threads,
		},
		{
			ID: "SL111", Title: "path relative to something that moves",
			Breaks:   "in a container the working directory is the root of the source; a path relative to anything else is not found",
			Runtimes: container(), Severity: Warning,
			Fix:  "write the path from the root of the source, or from Path(__file__)",
			Page: pageFiles, check: movingPaths,
		},
		{
			ID: "SL112", Title: "repeated work without caching",
			Breaks:   "each rerun of each viewer does it again, in the process that all viewers share",
			Runtimes: container(), Severity: Advice,
			Fix:  "put it in a function under @st.cache_data with a ttl",
			Page: pageCaching, check: repeatedWork,
		},
		{
			ID: "SL113", Title: "SQL that depends on the viewer",
			Breaks:   "in a container it names the app's owner, not the viewer: rows may be shown to the wrong person",
			Runtimes: container(), Severity: Warning,
			Fix:  `take the viewer from st.user, or connect with caller's rights: st.connection("snowflake-callers-rights")`,
			Page: pageRights, check: viewerFunctions,
		},
	}
}

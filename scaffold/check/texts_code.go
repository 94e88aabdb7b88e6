package check

// codeMessages are said by the rules about what a container does not have.
func codeMessages() []sentence {
	return []sentence{
		{"SL101.what", "get_active_session is imported, which a container does not have"},
		{"SL102.what", "get_active_session is called; a container has no active session"},
		{"SL102.what_builder", "Session.builder without options takes the active session or a default connection; a container has neither"},
		{"SL103.what", "_snowflake is imported, which a container does not have"},
		{"SL103.what.caught", "_snowflake is imported; a container does not have it and takes the other branch"},
		{"SL104.what", "_snowflake.{function} is called, which a container does not have"},
		{"SL104.fix.request", "send the request with requests and the session's token, read at each call"},
		{"SL104.fix.other", "a container has no replacement: rewrite it, or move it into a stored procedure"},
		{"SL104.fix.key", "the key is not a literal: name each secret that it may be, and read it with st.secrets or through a function that holds it"},
		{"SL105.what", "{argument} of st.set_page_config has no effect in Snowflake"},
		{"SL106.what", "{api} was removed in Streamlit {version}"},
		{"SL106.fix.use", "use {new}"},
		{"SL106.fix.drop", "leave it out, and call widgets outside of the cached function"},
		{"SL106.new.experimental_show", "st.write, one call for each value"},
		{"SL106.new.query_params", "st.query_params, whose values are strings, not lists of them"},
		{"SL106.new.bokeh", "streamlit_bokeh from the package streamlit-bokeh"},
		{"SL106.new.connection", `type "snowflake", whose session() is a method`},
		{"SL106.new.cache", "st.cache_data for values, st.cache_resource for connections and models"},
		{"SL107.what", "this tests whether the app runs in a warehouse; in a container the answer is no"},
		{"SL107.what.path", "{path} exists in a warehouse only: a container keeps the source in another folder"},
		{"SL107.what.imports", "sys._xoptions has no snowflake_import_directory in a container, which has no IMPORTS"},
		{"SL107.fix.imports", "add the files to the source, and open them by a path from its root"},
		{"SL107.what.module", "_snowflake is a module of the warehouse: a container answers that it is not there"},
		{"SL107.what.user", "udf is the user of a warehouse: a container runs as another one"},
		{"SL107.what.variable", "no container sets {variable}, so this takes the branch for another machine"},
	}
}

// sharedMessages are said by the rules about one process that all viewers share.
func sharedMessages() []sentence {
	return []sentence{
		{"SL108.what", "each run makes a new Snowpark session, and none is closed"},
		{"SL109.what.module", "this changes {name}, which is in a module that all viewers share"},
		{"SL109.what.method", "session.{method} switches for all viewers: they share one connection"},
		{"SL109.what.statement", "{statement} counts for all viewers: they share one connection"},
		{"SL109.what.fixed", "{statement} changes the connection that all viewers share, to the same value for each of them"},
		{"SL109.fix.fixed", "set it once in the connection, or name role, warehouse, database and schema in each statement"},
		{"SL110.what", "{maker} with a session that all viewers' threads share"},
		{"SL111.what.missing", "there is no {path} below the root of the source, which is the working directory of a container"},
		{"SL111.what.outside", "{path} leads out of the source: a container has only what lies below its root"},
		{"SL112.what", "{call} runs again at every rerun of every viewer"},
		{"SL112.what.script", "{call} runs again at every rerun of every viewer, and so do these calls of the script, by line: {calls}"},
		{"SL112.what.function", "{call} runs again at every rerun of every viewer, and so do these calls in {function}(), by line: {calls}"},
		{"SL113.what", "{function} names the app's owner in a container, not the viewer"},
	}
}

package rules

import (
	"sleet/scaffold/check/facts"

	"sleet/scaffold/python/ast"
	"sleet/ui/message"
)

// threadMakers maps the full names of functions and classes that create threads, event loops and
// processes to the names used in messages.
func threadMakers() map[string]string {
	return map[string]string{
		"threading.Thread":                               "Thread",
		"threading.Timer":                                "Timer",
		"_thread.start_new_thread":                       "start_new_thread",
		"concurrent.futures.ThreadPoolExecutor":          "ThreadPoolExecutor",
		"concurrent.futures.ProcessPoolExecutor":         "ProcessPoolExecutor",
		"concurrent.futures.thread.ThreadPoolExecutor":   "ThreadPoolExecutor",
		"concurrent.futures.process.ProcessPoolExecutor": "ProcessPoolExecutor",
		"multiprocessing.Process":                        "Process",
		"multiprocessing.Pool":                           "Pool",
		"multiprocessing.pool.Pool":                      "Pool",
		"multiprocessing.pool.ThreadPool":                "ThreadPool",
		"multiprocessing.dummy.Pool":                     "Pool",
		"asyncio.run":                                    "asyncio.run",
		"asyncio.new_event_loop":                         "asyncio.new_event_loop",
		"asyncio.get_event_loop":                         "asyncio.get_event_loop",
		"asyncio.to_thread":                              "asyncio.to_thread",
		"asyncio.Runner":                                 "asyncio.Runner",
		"joblib.Parallel":                                "Parallel",
		"nest_asyncio.apply":                             "nest_asyncio.apply",
	}
}

// sl110 returns the rule about threads, event loops or process pools with a session.
func sl110() Rule {
	return Rule{
		ID: "SL110", Runtimes: container(), Severity: facts.Warning, Item: itemSharedState,
		Page: pageThreads, Check: threads,
		Example: Example{
			Before: `import streamlit as st


from concurrent.futures import ThreadPoolExecutor

@st.cache_resource
def get_session():
    return st.connection("snowflake").session()


session = get_session()
queries = [session.table("sales"), session.table("stock")]
if st.button("Load"):
    with ThreadPoolExecutor() as pool:
        sales, stock = pool.map(lambda query: query.collect(), queries)
`,
			After: `import streamlit as st


@st.cache_resource
def get_session():
    return st.connection("snowflake").session()


session = get_session()
queries = [session.table("sales"), session.table("stock")]
if st.button("Load"):
    jobs = [query.collect_nowait() for query in queries]
    sales, stock = [job.result() for job in jobs]
`,
		},
	}
}

// threads returns the findings of SL110 in files that use a session. They are reported once per
// app, because all files share the session.
func threads(a *facts.App, _ facts.Options) []facts.Finding {
	makers := threadMakers()
	return facts.EachCode(a, func(u *facts.Unit, call *ast.Call) []facts.Finding {
		for _, name := range u.Names(call.Func) {
			if what, ok := makers[name]; ok && u.UsesSession() {
				f := u.Finding(call, what, message.New("finding.SL110.what", "maker", what))
				f.Group = "threads"
				return []facts.Finding{f}
			}
		}
		return nil
	})
}

package doctor

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"sleet/ui/message"
)

// Failure is the meaning of a line of an app's output, and its fix.
type Failure struct{ Meaning, Fix message.Message }

// failure is a row of the table of known failures.
type failure struct {
	// pattern matches a line. Its group, if it has one, is the {what} of the messages.
	pattern      *regexp.Regexp
	meaning, fix message.ID
}

// failures are the known failures. More specific ones come first.
// https://docs.snowflake.com/en/developer-guide/streamlit/features/logging-tracing
var failures = sync.OnceValue(func() []failure {
	row := func(pattern string, meaning, fix message.ID) failure {
		return failure{regexp.MustCompile(`(?i)` + pattern), meaning, fix}
	}
	return []failure{
		row(`No module named '?(_snowflake)\b`, "logs.private.meaning", "logs.private.fix"),
		row(`No module named '?([\w.]+)`, "logs.module.meaning", "logs.module.fix"),
		row(`cannot import name '(\w+)' from '?[\w.]+`, "logs.name.meaning", "logs.name.fix"),
		row(`No such option:? ?(-{0,2}[\w.-]*)`, "logs.option.meaning", "logs.option.fix"),
		row(`No default Session|get_active_session|More than one active session`, "logs.session.meaning", "logs.session.fix"),
		row(`(?:No solution found when resolving|Because (?:there (?:is|are) no versions? of )?([\w.\[\]-]+) (?:was not found|has no|==|>=|<)|Could not find a version that satisfies|Failed to (?:download|build|fetch|install)|error: .*uv\b)`, "logs.install.meaning", "logs.install.fix"),
		row(`(?:host='([\w.-]+)'.*(?:Max retries|Failed to (?:resolve|establish))|Failed to resolve '([\w.-]+)'|Connection to ([\w.-]+) timed out)`, "logs.host.meaning", "logs.host.fix"),
		row(`Name or service not known|Temporary failure in name resolution|nodename nor servname|NameResolutionError|Device or resource busy|ConnectTimeout(?:Error)?|\bAPIConnectionError\b`, "logs.host.meaning", "logs.host.fix"),
		row(`st\.secrets has no (?:key|attribute) "?'?([\w.-]+)|StreamlitSecretNotFoundError|No secrets found`, "logs.secret.meaning", "logs.secret.fix"),
		row(`KeyError: '([\w.-]+)'.*secret|secret '?([\w.-]+)'? (?:does not exist|not found)`, "logs.secret.meaning", "logs.secret.fix"),
		row(`STREAMLIT_COMPUTE_POOL_NO_AUTO_RESUME|compute pool '?([\w."]+)'? (?:is (?:suspended|stopped|not available|unavailable)|does not exist)|no available (?:capacity|nodes?)|insufficient (?:capacity|resources).*pool`, "logs.pool.meaning", "logs.pool.fix"),
		row(`File does not exist: ([\w./-]+)|Could not find the main file`, "logs.main.meaning", "logs.main.fix"),
		row(`StreamlitPageNotFoundError|Could not find page: ?\W?([\w./-]+)|Unable to create Page`, "logs.page.meaning", "logs.page.fix"),
		row(`MemoryError|OOMKilled|out of memory`, "logs.memory.meaning", "logs.memory.fix"),
		row(`002003 \(02000\).*?'([\w."]+)'|Object '([\w."]+)' does not exist or not authorized`, "logs.object.meaning", "logs.object.fix"),
		row(`000606|No active warehouse selected`, "logs.warehouse.meaning", "logs.warehouse.fix"),
	}
})

// frame matches a line of a traceback that quotes code or names a file, which does not describe the failure.
var frame = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:\s+File "|\s*[│|╭╰]\s|\s{2,}[\w@#(\["'^~.])`)
})

// ExplainOutput explains a piece of an app's output, a line or a traceback; ok is false if it contains no known
// failure. Of several failures the last one counts: it is the exception that reached the app.
func ExplainOutput(text string) (f Failure, ok bool) {
	lines := strings.Split(text, "\n")
	for _, line := range slices.Backward(lines) {
		if frame().MatchString(line) {
			continue
		}
		if f, ok = knownLine(line); ok {
			return f, true
		}
	}
	return Failure{}, false
}

// knownLine explains a line that does not quote code.
func knownLine(line string) (f Failure, ok bool) {
	for _, row := range failures() {
		m := row.pattern.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		what := ""
		for _, group := range m[1:] {
			if what == "" {
				what = group
			}
		}
		return Failure{Meaning: about(row.meaning, what), Fix: about(row.fix, what)}, true
	}
	return Failure{}, false
}

// about returns a message about what, or its general form if what is empty.
func about(id message.ID, what string) message.Message {
	if unnamed := id + "_any"; what == "" && message.Known(unnamed) {
		return message.New(unnamed)
	}
	return message.New(id, "what", what)
}

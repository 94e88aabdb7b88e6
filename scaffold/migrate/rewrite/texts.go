package rewrite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/scaffold"
)

// helperTexts are the pieces of Python that edited code calls, in a language.
type helperTexts struct{ language scaffold.Language }

func (t helperTexts) say(english, japanese string) string {
	if t.language == scaffold.Japanese {
		return japanese
	}
	return english
}

// session is the helper that returns the app's shared session: the lines of two functions.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.streamlit.io/develop/api-reference/caching-and-state/st.cache_resource
func (t helperTexts) session(st, name, alive, unit string) []string {
	text := t.say(
		`def ALIVE(session):
    """Report whether the session works; reset its connection if it does not."""
    if session.connection.is_valid():
        return True
    ST.connection("snowflake").reset()
    return False


# Every .session() call opens a new Snowpark session that is never closed. Cache one for
# all viewers, and open another when Snowflake has ended it.
@ST.cache_resource(validate=ALIVE)
def NAME():
    """Return the app's shared Snowpark session."""
    return ST.connection("snowflake").session()`,
		`def ALIVE(session):
    """セッションが使えるか調べ、使えなければ接続を作り直させます。"""
    if session.connection.is_valid():
        return True
    ST.connection("snowflake").reset()
    return False


# .session() は呼ぶたびに新しい Snowpark セッションを作り、Snowpark はそれをすべて保持
# します。ここで 1 つだけ作って共有し、切れたときだけ作り直します。
@ST.cache_resource(validate=ALIVE)
def NAME():
    """アプリで 1 つだけのセッションを返します。"""
    return ST.connection("snowflake").session()`)
	text = strings.NewReplacer("ALIVE", alive, "ST.", st+".", "NAME", name, "    ", unit).Replace(text)
	return strings.Split(text, "\n")
}

// sessionModule is the file that holds the helper for several modules.
func (t helperTexts) sessionModule() string {
	return t.say(`"""The app's session with Snowflake."""`, `"""アプリの Snowflake セッション。"""`) +
		"\n\nimport streamlit as st\n\n\n" +
		strings.Join(t.session("st", "get_session", "is_alive", "    "), "\n") + "\n"
}

// apiModule is the file that sends requests to Snowflake's REST API. In a warehouse a stream of
// events comes as the list of them.
// https://docs.snowflake.com/en/developer-guide/streamlit/migrations-and-upgrades/runtime-migration
// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run
func (t helperTexts) apiModule() string {
	return t.say(apiEnglish, strings.NewReplacer(
		"Requests to Snowflake's REST API, with the signature of `_snowflake`'s.",
		"Snowflake の REST API の呼び出し (ウェアハウスの `_snowflake` と同じ形)。",
		"Send a request as the app and return its status, content (JSON text) and reason.",
		"アプリとしてリクエストを送り、status、content (JSON)、reason を返します。",
		"Read it on every call: Snowflake rotates the token while the app runs.",
		"呼び出しのたびに読みます。トークンはアプリの実行中に更新されます。",
		"Return the events of a stream, each with its name and data (parsed if it is JSON).",
		"ストリームのイベントの一覧を返します。data は JSON であれば変換します。",
	).Replace(apiEnglish))
}

const apiEnglish = `"""Requests to Snowflake's REST API, as ` + "`_snowflake`" + ` sends them in a warehouse."""

import json
import os

import requests

TOKEN_FILE = "/snowflake/session/token"


def send_snow_api_request(
    method, path, headers=None, params=None, body=None, request_guid=None, timeout_ms=None
):
    """Send a request as the app and return its status, content (JSON text) and reason."""
    # Read it on every call: Snowflake rotates the token while the app runs.
    with open(TOKEN_FILE, encoding="utf-8") as file:
        token = file.read().strip()
    query = dict(params or {})
    if request_guid:
        query["requestId"] = request_guid
    response = requests.request(
        method,
        f"https://{os.environ['SNOWFLAKE_HOST']}{path}",
        headers={
            "Accept": "application/json, text/event-stream",
            "Authorization": f"Bearer {token}",
            "X-Snowflake-Authorization-Token-Type": "OAUTH",
            **(headers or {}),
        },
        params=query,
        json=body,
        timeout=timeout_ms / 1000 if timeout_ms else None,
    )
    content = response.content.decode("utf-8", errors="replace")
    if response.headers.get("Content-Type", "").startswith("text/event-stream"):
        content = json.dumps(read_events(content))
    return {
        "status": response.status_code,
        "content": content,
        "reason": response.reason,
    }


def read_events(stream):
    """Return the events of a stream, each with its name and data (parsed if it is JSON)."""
    events = []
    name, data = "message", []
    for line in [*stream.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif not line and data:
            events.append({"event": name, "data": read_data("\n".join(data))})
        if not line:
            name, data = "message", []
    return events


def read_data(text):
    try:
        return json.loads(text)
    except ValueError:
        return text
`

// secretFunction is one secret that a function in Snowflake holds.
type secretFunction struct {
	// name is that of the Python function, query the statement that asks for the secret.
	name, query string
	// parts tells that the secret has several.
	parts bool
}

// secretsModule is the file that reads secrets through functions in Snowflake.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
func (t helperTexts) secretsModule(session string, list []secretFunction, tables []keyTable) string {
	var b strings.Builder
	b.WriteString(t.say(`"""The app's secrets, read through Snowflake functions that only its owner role can call."""`,
		`"""アプリのシークレット。Snowflake の関数が保持し、呼び出せるのはアプリの所有者だけです。"""`) + "\n\n")
	parts := false
	for _, f := range list {
		parts = parts || f.parts
	}
	if parts {
		b.WriteString("import json\n\n")
	}
	if len(list) > 0 || slices.ContainsFunc(tables, keyTable.handsOver) {
		b.WriteString("import streamlit as st\n")
	}
	if len(list) > 0 {
		fmt.Fprintf(&b, "from %s import get_session\n", session)
	}
	if parts {
		b.WriteString(t.say(`

class Parts:
    """A secret with several parts, each an attribute; its repr hides them."""

    def __init__(self, text):
        vars(self).update(json.loads(text))
`, `

class Parts:
    """複数の部分からなるシークレット。各部は属性です。print しても値は表示されません。"""

    def __init__(self, text):
        vars(self).update(json.loads(text))
`))
	}
	if len(list) > 0 {
		fmt.Fprintf(&b, `

# %s
@st.cache_data(ttl=600, show_spinner=False)
def ask(statement):
    """%s"""
    return get_session().sql(statement).collect()[0][0]
`, t.say("Every call runs on the query warehouse and may resume it: cache for ten minutes.",
			"呼び出すたびにクエリウェアハウスが動くため、値を 10 分間キャッシュします。"),
			t.say("Return the value of a Snowflake function.", "Snowflake の関数が保持するシークレットを返します。"))
	}
	for _, f := range list {
		call := "ask(" + strconv.QuoteToASCII(f.query) + ")"
		if f.parts {
			call = "Parts(" + call + ")"
		}
		fmt.Fprintf(&b, "\n\ndef %s():\n    return %s\n", f.name, call)
	}
	for _, table := range tables {
		b.WriteString("\n\n" + table.code(t))
	}
	return b.String()
}

"""Streamlit app in Snowflake (container runtime: one process for all viewers)."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import requests
import streamlit as st
from snowflake.connector.errors import Error as ConnectorError
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkClientException
from streamlit.errors import StreamlitAPIException

TITLE = 'The "Sales" of today'
QUERY = "SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_VERSION() AS VERSION"
URLS = [
    "https://api.example.com",
    "https://files.example.com:8443",
]
# Network rule entries that match several hosts or ports: the viewer enters one.
PATTERNS = [
    "*.example.net",
    "example.org:8000-8100",
]
TIMEOUT = 10  # seconds
# Your semantic model. The app's owner role needs READ on the stage, SELECT on the
# model's tables and the database role SNOWFLAKE.CORTEX_USER.
SEMANTIC_MODEL = "@MY_DATABASE.MY_SCHEMA.MY_STAGE/my_model.yaml"

# Errors from Snowflake; StreamlitAPIException means that no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


def is_alive(session: Session) -> bool:
    """Report whether the session works; reset its connection if it does not."""
    if session.connection.is_valid():
        return True
    st.connection("snowflake").reset()
    return False


# Every .session() call opens a new Snowpark session that is never closed. Cache one for
# all viewers, and open another when Snowflake has ended it.
@st.cache_resource(validate=is_alive)
def get_session() -> Session:
    """Return the app's shared Snowpark session."""
    return st.connection("snowflake").session()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """Run a query; all viewers share the result for ten minutes."""
    return get_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the result of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


class SecretError(Exception):
    """Raised when a secret cannot be read. The message never contains its value."""


@dataclass(frozen=True)
class Login:
    """A secret of type PASSWORD; its repr hides the password."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class CloudToken:
    """Temporary credentials of a cloud provider; the repr hides them."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    token: str = field(repr=False)


# Every call runs on the query warehouse and may resume it: cache for ten minutes.
@st.cache_data(ttl=600, show_spinner=False)
def ask_function(query: str) -> Any:
    """Return a Snowflake function's value; only the app's owner role can call it."""
    return get_session().sql(query).collect()[0][0]


def call_function(key: str, query: str) -> Any:
    """Return a secret from its Snowflake function, or its local substitute."""
    try:
        return ask_function(query)
    except SNOWFLAKE_ERRORS as error:
        return local_secret(key, str(error))


def local_secret(key: str, reason: str) -> Any:
    """Return the local substitute for a secret, from ~/.streamlit/secrets.toml.

    Do not put it into the app's own .streamlit/secrets.toml, which is uploaded.
    """
    try:
        value = st.secrets[key]
    except (FileNotFoundError, KeyError):
        missing = "not found in ~/.streamlit/secrets.toml either"
        raise SecretError(f"{reason}; {missing}") from None
    st.info(f"{key}: {reason}; using local st.secrets")
    return value


def parts(value: Any) -> Mapping[str, str]:
    """Return a secret's parts: JSON from a function, a table in local st.secrets."""
    return json.loads(value) if isinstance(value, str) else value


def secret_api_key() -> str:
    """Return a string, such as an API key."""
    return call_function("api_key", "SELECT SHOP.apps.SALES_GET_API_KEY()")


def secret_login() -> Login:
    """Return a username and password."""
    return Login(**parts(call_function("login", "SELECT SHOP.apps.SALES_GET_LOGIN()")))


def secret_calendar() -> str:
    """Return a short-lived OAuth access token."""
    return call_function("calendar", "SELECT SHOP.apps.SALES_GET_CALENDAR()")


def secret_bucket() -> CloudToken:
    """Return temporary credentials of a cloud provider."""
    return CloudToken(
        **parts(call_function("bucket", "SELECT SHOP.apps.SALES_GET_BUCKET()"))
    )


def secret_plain_key() -> str:
    """Return a string, such as an API key."""
    return st.secrets["plain_key"]


def secret_plain_login() -> Login:
    """Return a username and password."""
    value = st.secrets["plain_login"]
    return Login(value["username"], value["password"])


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
    "login": secret_login,
    "calendar": secret_calendar,
    "bucket": secret_bucket,
    "plain_key": secret_plain_key,
    "plain_login": secret_plain_login,
}

# Errors when a secret is missing or has another type.
READ_ERRORS = (SecretError, FileNotFoundError, KeyError, TypeError, ValueError)


def check_secret(key: str) -> str:
    """Read a secret and return the name of its Python type."""
    return type(SECRETS[key]()).__name__


def show_secrets() -> None:
    """Show which secrets can be read, never their values."""
    st.header("Secrets")
    for key in SECRETS:
        try:
            kind = check_secret(key)
        except READ_ERRORS as error:
            st.error(f"✗ {key}: {error}")
        else:
            st.success(f"✓ {key} ({kind})")


@st.cache_data(ttl=600)
def fetch(url: str) -> tuple[int, str]:
    """Request a URL and return its status and body, cached for ten minutes."""
    # Read secrets here, not in an argument: the cache keeps the arguments.
    # headers={"Authorization": f"Bearer {secret_api_key()}"}
    response = requests.get(url, timeout=TIMEOUT)
    response.raise_for_status()
    return response.status_code, response.text


def show_call(url: str) -> None:
    """Request a URL and show the response."""
    try:
        status, text = fetch(url)
    except requests.Timeout:
        st.error(f"{url}: no response within {TIMEOUT} seconds")
    except requests.RequestException as error:
        st.error(f"{url}: {error}")
    else:
        st.success(f"{url}: HTTP {status}")
        st.code(text[:1000], language=None)


def show_hosts() -> None:
    """Show a button for each host; opening the page calls none."""
    st.header("Hosts")
    for url in URLS:
        if st.button(f"GET {url}"):
            show_call(url)
    for pattern in PATTERNS:
        url = st.text_input(f"A URL that matches {pattern}", placeholder="https://")
        if st.button(f"GET {pattern}") and url:
            show_call(url)


class AnalystError(Exception):
    """Cortex Analyst did not answer."""


def send_snow_api_request(
    method: str,
    path: str,
    headers: dict[str, str],
    params: dict[str, str],
    body: dict[str, Any],
    request_guid: str | None,
    timeout_ms: int,
) -> dict[str, Any]:
    """Send a request to Snowflake's REST API, with the signature of `_snowflake`'s."""
    try:
        # Read it on every call: Snowflake rotates the token while the app runs.
        with open("/snowflake/session/token", encoding="utf-8") as file:
            token = file.read()
    except FileNotFoundError:
        message = "only available in Snowflake (no session token found)"
        raise AnalystError(message) from None
    response = requests.request(
        method,
        f"https://{os.environ['SNOWFLAKE_HOST']}{path}",
        headers={
            "Accept": "application/json",
            "Authorization": f"Bearer {token}",
            "X-Snowflake-Authorization-Token-Type": "OAUTH",
            **headers,
        },
        params={**params, "requestId": request_guid} if request_guid else params,
        json=body,
        timeout=timeout_ms / 1000,
    )
    return {
        "status": response.status_code,
        "content": response.text,
        "reason": response.reason,
    }


def ask_analyst(question: str) -> list[dict[str, Any]]:
    """Ask Cortex Analyst about the semantic model; return the parts of the answer."""
    message = {"role": "user", "content": [{"type": "text", "text": question}]}
    answer = send_snow_api_request(
        "POST",
        "/api/v2/cortex/analyst/message",
        {},  # headers
        {},  # params
        {"messages": [message], "semantic_model_file": SEMANTIC_MODEL},
        None,  # request_guid
        30_000,  # timeout_ms
    )
    if answer["status"] >= 400:
        raise AnalystError(f"HTTP {answer['status']}: {answer['content']}")
    return json.loads(answer["content"])["message"]["content"]


def show_analyst() -> None:
    """Show a text box for a question and the answer to it."""
    st.header("Cortex Analyst")
    question = st.text_input("A question about your data")
    if not st.button("Ask") or not question:
        return
    try:
        answer = ask_analyst(question)
    except (AnalystError, requests.RequestException) as error:
        st.error(f"Cortex Analyst: {error}")
        return
    for part in answer:
        if part["type"] == "text":
            st.write(part["text"])
        elif part["type"] == "sql":
            st.code(part["statement"], language="sql")
        elif part["type"] == "suggestions":
            st.write("\n".join(f"- {text}" for text in part["suggestions"]))


@dataclass(frozen=True)
class Values:
    """Values of .streamlit/secrets.toml: plain text on a stage, so no secrets.

    Strings and numbers are also environment variables of the same name:
    os.environ["api_endpoint"]
    """

    api_endpoint: str
    beta: bool
    limits: dict[str, Any]
    max_results: int
    ratio: float
    regions: list[Any]
    value_the_word: str


def read_values() -> Values:
    """Read the values from st.secrets."""
    return Values(
        api_endpoint=st.secrets["api_endpoint"],
        beta=st.secrets["beta"],
        limits=st.secrets["limits"].to_dict(),
        max_results=st.secrets["max_results"],
        ratio=st.secrets["ratio"],
        regions=st.secrets["regions"],
        value_the_word=st.secrets["the-word"],
    )


def show_values() -> None:
    """Show the values."""
    st.header("Values")
    try:
        values = read_values()
    except (FileNotFoundError, KeyError) as error:
        st.error(f".streamlit/secrets.toml: {error}")
    else:
        st.json(vars(values))


def main() -> None:
    """Render the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()
    show_hosts()
    show_analyst()
    show_values()


if __name__ == "__main__":
    main()

"""A Streamlit app in Snowflake: container runtime, shared by all viewers."""

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
# What the network rule has for many hosts or ports: the viewer names one.
PATTERNS = [
    "*.example.net",
    "example.org:8000-8100",
]
TIMEOUT = 10  # seconds
# Put your model here. The role that owns the app needs READ on the stage, SELECT on the
# model's tables and the database role SNOWFLAKE.CORTEX_USER.
SEMANTIC_MODEL = "@MY_DATABASE.MY_SCHEMA.MY_STAGE/my_model.yaml"

# What a call of Snowflake raises; the last one: no connection is configured.
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


def is_alive(session: Session) -> bool:
    """Tell whether the session still works; if not, have its connection renewed."""
    if session.connection.is_valid():
        return True
    st.connection("snowflake").reset()
    return False


# Each .session() makes a new Snowpark session, and Snowpark keeps every one of them:
# this makes one for all, and a new one when Snowflake has ended it.
@st.cache_resource(validate=is_alive)
def get_session() -> Session:
    """Give the one session of the app."""
    return st.connection("snowflake").session()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """Run a query, at most once in ten minutes for all viewers together."""
    return get_session().sql(query).to_pandas()


def show_query() -> None:
    """Show the rows of the query."""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


class SecretError(Exception):
    """A secret cannot be read; says why, never its value."""


@dataclass(frozen=True)
class Login:
    """A secret of the type password; printing it does not show the password."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class CloudToken:
    """A session of a cloud provider, such as AWS; printing it shows nothing of it."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    token: str = field(repr=False)


# Each call runs on the query warehouse and may resume it: keep the value for ten minutes.
@st.cache_data(ttl=600, show_spinner=False)
def ask_function(query: str) -> Any:
    """Return what a function in Snowflake holds; only the app's owner may call it."""
    return get_session().sql(query).collect()[0][0]


def call_function(key: str, query: str) -> Any:
    """Return a secret from its function in Snowflake, or what stands for it here."""
    try:
        return ask_function(query)
    except SNOWFLAKE_ERRORS as error:
        return local_secret(key, str(error))


def local_secret(key: str, reason: str) -> Any:
    """Give what stands for a secret on a developer's machine: ~/.streamlit/secrets.toml.

    The app's own .streamlit/secrets.toml is no place for it: it is uploaded.
    """
    try:
        value = st.secrets[key]
    except (FileNotFoundError, KeyError):
        missing = "nor is it in ~/.streamlit/secrets.toml here"
        raise SecretError(f"{reason}; {missing}") from None
    st.info(f"{key}: {reason}; taken from local st.secrets")
    return value


def parts(value: Any) -> Mapping[str, str]:
    """Give the parts of a secret: JSON from a function, a table in local st.secrets."""
    return json.loads(value) if isinstance(value, str) else value


def secret_api_key() -> str:
    """A text, such as an API key."""
    return call_function("api_key", "SELECT SHOP.apps.SALES_GET_API_KEY()")


def secret_login() -> Login:
    """A username and its password."""
    return Login(**parts(call_function("login", "SELECT SHOP.apps.SALES_GET_LOGIN()")))


def secret_calendar() -> str:
    """An OAuth access token: valid for a short time."""
    return call_function("calendar", "SELECT SHOP.apps.SALES_GET_CALENDAR()")


def secret_bucket() -> CloudToken:
    """A session of a cloud provider."""
    return CloudToken(
        **parts(call_function("bucket", "SELECT SHOP.apps.SALES_GET_BUCKET()"))
    )


def secret_plain_key() -> str:
    """A text, such as an API key."""
    return st.secrets["plain_key"]


def secret_plain_login() -> Login:
    """A username and its password."""
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

# What reading a secret raises when it is missing or of another type.
READ_ERRORS = (SecretError, FileNotFoundError, KeyError, TypeError, ValueError)


def check_secret(key: str) -> str:
    """Read a secret, and say of what kind it is."""
    return type(SECRETS[key]()).__name__


def show_secrets() -> None:
    """Say of each secret whether it arrives; its value is never shown."""
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
    """Call a URL, at most once in ten minutes; give the HTTP status and the text."""
    # A secret goes into a header here, not into an argument, which the cache would keep:
    # headers={"Authorization": f"Bearer {secret_api_key()}"}
    response = requests.get(url, timeout=TIMEOUT)
    response.raise_for_status()
    return response.status_code, response.text


def show_call(url: str) -> None:
    """Call a URL and show what came of it."""
    try:
        status, text = fetch(url)
    except requests.Timeout:
        st.error(f"{url}: no answer within {TIMEOUT} seconds")
    except requests.RequestException as error:
        st.error(f"{url}: {error}")
    else:
        st.success(f"{url}: HTTP {status}")
        st.code(text[:1000], language=None)


def show_hosts() -> None:
    """Give each host a button: to open the page calls none."""
    st.header("Hosts")
    for url in URLS:
        if st.button(f"GET {url}"):
            show_call(url)
    for pattern in PATTERNS:
        url = st.text_input(f"A URL of {pattern}", placeholder="https://")
        if st.button(f"GET {pattern}") and url:
            show_call(url)


class AnalystError(Exception):
    """Cortex Analyst did not answer; says why."""


def send_snow_api_request(
    method: str,
    path: str,
    headers: dict[str, str],
    params: dict[str, str],
    body: dict[str, Any],
    request_guid: str | None,
    timeout_ms: int,
) -> dict[str, Any]:
    """Call Snowflake's REST API as the app, as `_snowflake` does in a warehouse."""
    try:
        # Read at each call: Snowflake replaces the token while the app runs.
        with open("/snowflake/session/token", encoding="utf-8") as file:
            token = file.read()
    except FileNotFoundError:
        message = "it works in Snowflake only: there is no session token here"
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
    """Ask Cortex Analyst about the semantic model; give the parts of its answer."""
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
    """Show a box for a question, which is asked on a click."""
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
    """What .streamlit/secrets.toml holds: plain text on a stage, so never a secret.

    Texts and numbers are in the environment too, by the same name:
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
    """Read each value by its key."""
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
    """Draw the page."""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()
    show_hosts()
    show_analyst()
    show_values()


if __name__ == "__main__":
    main()

"""Snowflake の Streamlit アプリ (コンテナランタイム。すべての閲覧者が共有します)。"""

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
# 多数のホストまたはポートを表すネットワークルールの値。閲覧者が 1 つ指定します。
PATTERNS = [
    "*.example.net",
    "example.org:8000-8100",
]
TIMEOUT = 10  # 秒
# ここにモデルを指定します。アプリを所有するロールには、ステージの READ、モデルの表の
# SELECT、データベースロール SNOWFLAKE.CORTEX_USER が必要です。
SEMANTIC_MODEL = "@MY_DATABASE.MY_SCHEMA.MY_STAGE/my_model.yaml"

# Snowflake の例外。StreamlitAPIException は接続が未設定であることを示します。
SNOWFLAKE_ERRORS = (SnowparkClientException, ConnectorError, StreamlitAPIException)


def is_alive(session: Session) -> bool:
    """セッションが使えるかどうかを返し、使えなければ接続をリセットします。"""
    if session.connection.is_valid():
        return True
    st.connection("snowflake").reset()
    return False


# .session() は呼び出すたびに新しい Snowpark セッションを開き、閉じません。1 つを
# キャッシュして共有し、Snowflake が終了したら新しいセッションを開きます。
@st.cache_resource(validate=is_alive)
def get_session() -> Session:
    """アプリで共有する Snowpark セッションを返します。"""
    return st.connection("snowflake").session()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """クエリを実行します。結果は 10 分間、すべての閲覧者で共有されます。"""
    return get_session().sql(query).to_pandas()


def show_query() -> None:
    """クエリの結果を表示します。"""
    try:
        rows = run_query(QUERY)
    except SNOWFLAKE_ERRORS as error:
        st.error(f"Snowflake: {error}")
    else:
        st.dataframe(rows)


class SecretError(Exception):
    """シークレットを読み取れない場合の例外。メッセージに値は含みません。"""


@dataclass(frozen=True)
class Login:
    """PASSWORD タイプのシークレット。repr ではパスワードを表示しません。"""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class CloudToken:
    """クラウドプロバイダーの一時的な認証情報。repr では値を表示しません。"""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    token: str = field(repr=False)


# 呼び出すたびにクエリウェアハウスが動くため、値を 10 分間キャッシュします。
@st.cache_data(ttl=600, show_spinner=False)
def ask_function(query: str) -> Any:
    """Snowflake の関数が持つ値を返します。呼び出せるのは所有者だけです。"""
    return get_session().sql(query).collect()[0][0]


def call_function(key: str, query: str) -> Any:
    """シークレットを Snowflake の関数から返します。使えないときは代わりの値を返します。"""
    try:
        return ask_function(query)
    except SNOWFLAKE_ERRORS as error:
        return local_secret(key, str(error))


def local_secret(key: str, reason: str) -> Any:
    """シークレットの代わりのローカルの値を ~/.streamlit/secrets.toml から返します。

    アプリの .streamlit/secrets.toml には書かないでください。アップロードされます。
    """
    try:
        value = st.secrets[key]
    except (FileNotFoundError, KeyError):
        missing = "~/.streamlit/secrets.toml にもありません"
        raise SecretError(f"{reason}; {missing}") from None
    st.info(f"{key}: {reason}; ローカルの st.secrets を使います")
    return value


def parts(value: Any) -> Mapping[str, str]:
    """シークレットの各部を返します (関数では JSON、ローカルの st.secrets ではテーブル)。"""
    return json.loads(value) if isinstance(value, str) else value


def secret_api_key() -> str:
    """API キーなどの文字列。"""
    return call_function("api_key", "SELECT SHOP.apps.SALES_GET_API_KEY()")


def secret_login() -> Login:
    """ユーザー名とパスワード。"""
    return Login(**parts(call_function("login", "SELECT SHOP.apps.SALES_GET_LOGIN()")))


def secret_calendar() -> str:
    """OAuth アクセストークン。有効期間は短時間です。"""
    return call_function("calendar", "SELECT SHOP.apps.SALES_GET_CALENDAR()")


def secret_bucket() -> CloudToken:
    """クラウドのセッション。"""
    return CloudToken(
        **parts(call_function("bucket", "SELECT SHOP.apps.SALES_GET_BUCKET()"))
    )


def secret_plain_key() -> str:
    """API キーなどの文字列。"""
    return st.secrets["plain_key"]


def secret_plain_login() -> Login:
    """ユーザー名とパスワード。"""
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

# シークレットがないか、タイプが異なる場合の例外。
READ_ERRORS = (SecretError, FileNotFoundError, KeyError, TypeError, ValueError)


def check_secret(key: str) -> str:
    """シークレットを読み取り、その Python の型名を返します。"""
    return type(SECRETS[key]()).__name__


def show_secrets() -> None:
    """各シークレットが届くかどうかを表示します。値は決して表示しません。"""
    st.header("シークレット")
    for key in SECRETS:
        try:
            kind = check_secret(key)
        except READ_ERRORS as error:
            st.error(f"✗ {key}: {error}")
        else:
            st.success(f"✓ {key} ({kind})")


@st.cache_data(ttl=600)
def fetch(url: str) -> tuple[int, str]:
    """URL を呼び出します (10 分に 1 回まで)。HTTP ステータスと本文を返します。"""
    # シークレットは、キャッシュに残る引数ではなく、ここでヘッダーに入れます:
    # headers={"Authorization": f"Bearer {secret_api_key()}"}
    response = requests.get(url, timeout=TIMEOUT)
    response.raise_for_status()
    return response.status_code, response.text


def show_call(url: str) -> None:
    """URL を呼び出し、結果を表示します。"""
    try:
        status, text = fetch(url)
    except requests.Timeout:
        st.error(f"{url}: {TIMEOUT} 秒以内に応答がありません")
    except requests.RequestException as error:
        st.error(f"{url}: {error}")
    else:
        st.success(f"{url}: HTTP {status}")
        st.code(text[:1000], language=None)


def show_hosts() -> None:
    """ホストごとにボタンを置きます。ページを開いただけでは呼び出しません。"""
    st.header("ホスト")
    for url in URLS:
        if st.button(f"GET {url}"):
            show_call(url)
    for pattern in PATTERNS:
        url = st.text_input(f"{pattern} の URL", placeholder="https://")
        if st.button(f"GET {pattern}") and url:
            show_call(url)


class AnalystError(Exception):
    """Cortex Analyst から回答がありません。理由を示します。"""


def send_snow_api_request(
    method: str,
    path: str,
    headers: dict[str, str],
    params: dict[str, str],
    body: dict[str, Any],
    request_guid: str | None,
    timeout_ms: int,
) -> dict[str, Any]:
    """アプリとして Snowflake の REST API を呼び出します (ウェアハウスの `_snowflake` と同じ形)。"""
    try:
        # 呼び出しのたびに読みます。トークンはアプリの実行中に更新されます。
        with open("/snowflake/session/token", encoding="utf-8") as file:
            token = file.read()
    except FileNotFoundError:
        message = "Snowflake の外では使えません (セッショントークンがありません)"
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
    """セマンティックモデルについて Cortex Analyst に質問し、回答の各部を返します。"""
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
    """質問の入力欄を表示します。ボタンを押すと質問します。"""
    st.header("Cortex Analyst")
    question = st.text_input("データについての質問")
    if not st.button("質問する") or not question:
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
    """.streamlit/secrets.toml の値。ステージ上の平文のため、シークレットは置けません。

    文字列と数値は同じ名前の環境変数にもなります:
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
    """各値をキーで読み取ります。"""
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
    """値を表示します。"""
    st.header("設定値")
    try:
        values = read_values()
    except (FileNotFoundError, KeyError) as error:
        st.error(f".streamlit/secrets.toml: {error}")
    else:
        st.json(vars(values))


def main() -> None:
    """ページを描画します。"""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()
    show_hosts()
    show_analyst()
    show_values()


if __name__ == "__main__":
    main()

"""Snowflake の Streamlit アプリ (ウェアハウスランタイム。閲覧者ごとに動きます)。"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import requests
import streamlit as st
from snowflake.connector.errors import Error as ConnectorError
from snowflake.snowpark import Session
from snowflake.snowpark.exceptions import SnowparkClientException
from streamlit.errors import StreamlitAPIException

try:
    import _snowflake
except ImportError:  # Snowflake の外にはありません
    _snowflake = None

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


# Snowflake の外では .session() は呼び出すたびに新しい Snowpark セッションを開き、
# 閉じません。1 つをキャッシュします。
@st.cache_resource
def get_session() -> Session:
    """アプリで共有する Snowpark セッションを返します。"""
    return st.connection("snowflake").session()


@st.cache_data(ttl=600)
def run_query(query: str) -> pd.DataFrame:
    """クエリを実行します。結果は 10 分間保持されます。"""
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


def local_secret(key: str, reason: str = "`_snowflake` がありません") -> Any:
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


def secret_api_key() -> str:
    """API キーなどの文字列。"""
    if _snowflake is None:
        return local_secret("api_key")
    return _snowflake.get_generic_secret_string("api_key")


def secret_login() -> Login:
    """ユーザー名とパスワード。"""
    if _snowflake is None:
        return Login(**local_secret("login"))
    value = _snowflake.get_username_password("login")
    return Login(value.username, value.password)


def secret_calendar() -> str:
    """OAuth アクセストークン。有効期間は短時間です。"""
    if _snowflake is None:
        return local_secret("calendar")
    return _snowflake.get_oauth_access_token("calendar")


def secret_bucket() -> CloudToken:
    """クラウドのセッション。"""
    if _snowflake is None:
        return CloudToken(**local_secret("bucket"))
    value = _snowflake.get_cloud_provider_token("bucket")
    return CloudToken(value.access_key_id, value.secret_access_key, value.token)


SECRETS: dict[str, Callable[[], object]] = {
    "api_key": secret_api_key,
    "login": secret_login,
    "calendar": secret_calendar,
    "bucket": secret_bucket,
}

# シークレットがないか、タイプが異なる場合の例外。
READ_ERRORS = (SecretError, LookupError, RuntimeError, TypeError, ValueError)


def check_secret(key: str) -> str:
    """シークレットを読み取り、Snowflake でのタイプを返します。"""
    SECRETS[key]()
    return "st.secrets" if _snowflake is None else str(_snowflake.get_secret_type(key))


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


def ask_analyst(question: str) -> list[dict[str, Any]]:
    """セマンティックモデルについて Cortex Analyst に質問し、回答の各部を返します。"""
    if _snowflake is None:
        raise AnalystError("Snowflake の外では使えません (`_snowflake` がありません)")
    message = {"role": "user", "content": [{"type": "text", "text": question}]}
    answer = _snowflake.send_snow_api_request(
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
    except AnalystError as error:
        st.error(f"Cortex Analyst: {error}")
        return
    for part in answer:
        if part["type"] == "text":
            st.write(part["text"])
        elif part["type"] == "sql":
            st.code(part["statement"], language="sql")
        elif part["type"] == "suggestions":
            st.write("\n".join(f"- {text}" for text in part["suggestions"]))


def main() -> None:
    """ページを描画します。"""
    st.set_page_config(layout="wide")
    st.title(TITLE)
    show_query()
    show_secrets()
    show_hosts()
    show_analyst()


if __name__ == "__main__":
    main()

-- アプリ APPS.SALES."売上アプリ" を Snowflake に作成します。順序どおり、ロールごとに並んでいます。sleet が sleet.toml から生成しました。
-- もう一度実行しても、既存のものは変わりません。作り直すのは関数だけです。
--
-- 実行する前に、山括弧のプレースホルダーをシークレットの値に置き換えてください。残したまま実行すると構文エラーになり、
-- プレースホルダーがシークレットになることはありません。値をこのファイルに保存しないでください。
-- 既存のシークレットの値は変わりません。2 回目からはそのステートメントを削除してください。
--
-- "App Owner" がアプリを所有し続けます (STREAMLIT の所有権は移せません)。
-- アカウントレベルの手順と閲覧者への権限付与は platform_admin が実行します。MANAGE GRANTS と
-- CREATE EXTERNAL ACCESS INTEGRATION が必要です (ACCOUNTADMIN は両方を持ちます)。
-- "App Owner" には、所有していないものについて次の権限が必要です (管理者が付与します)。
--   GRANT USAGE, CREATE SCHEMA ON DATABASE APPS TO ROLE "App Owner"
--   GRANT USAGE, CREATE STREAMLIT, CREATE STAGE, CREATE NETWORK RULE, CREATE SECRET, CREATE FUNCTION ON SCHEMA APPS.SALES TO ROLE "App Owner"
--   GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE "App Owner"
--   GRANT USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU TO ROLE "App Owner"
--   GRANT USAGE ON INTEGRATION crm_oauth TO ROLE "App Owner"
--   GRANT USAGE ON INTEGRATION "my oauth" TO ROLE "App Owner"
--   GRANT USAGE ON INTEGRATION aws_iam TO ROLE "App Owner"

-- ============================================================================
-- 1. スキーマとステージ (ロール: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

USE DATABASE APPS;

-- スキーマがすでにあり、ロールにスキーマの作成権限がない場合は、この行を削除してください。
CREATE SCHEMA IF NOT EXISTS APPS.SALES;

USE SCHEMA APPS.SALES;

-- アプリのファイルのアップロード先です。暗号化の種類は後から変更できません。
CREATE STAGE IF NOT EXISTS APPS.SALES.STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. ネットワークルール (ロール: "App Owner")
-- ============================================================================

-- アプリが呼び出せるホストです。既存のルールのホストは変わりません。
CREATE NETWORK RULE IF NOT EXISTS APPS.SALES.APP_1B9B1393_EGRESS
  TYPE = HOST_PORT
  VALUE_LIST = ('api.example.com', '*.example.org:8443')
  MODE = EGRESS;

-- ============================================================================
-- 3. シークレット (ロール: "App Owner")
-- ============================================================================

-- api_key: 値を一重引用符で囲んで記入してください。値の中の一重引用符とバックスラッシュは 2 つ重ねます。
CREATE SECRET IF NOT EXISTS APPS.SALES.APP_1B9B1393_API_KEY
  TYPE = GENERIC_STRING
  SECRET_STRING = <secret:api_key>;

-- login: ユーザー名とパスワードを、それぞれ一重引用符で囲んで記入してください。コロンは使えません。
CREATE SECRET IF NOT EXISTS APPS.SALES.APP_1B9B1393_LOGIN
  TYPE = PASSWORD
  USERNAME = <secret:login.username>
  PASSWORD = <secret:login.password>;

-- crm: 値は統合 crm_oauth から得られます。記入するものはありません。
CREATE SECRET IF NOT EXISTS APPS.SALES.APP_1B9B1393_CRM
  TYPE = OAUTH2
  API_AUTHENTICATION = crm_oauth
  OAUTH_SCOPES = ('read', 'it''s');

-- mail: リフレッシュトークンと有効期限 (2027-01-31 20:00:00) を、それぞれ一重引用符で囲んで記入してください。
CREATE SECRET IF NOT EXISTS APPS.SALES.APP_1B9B1393_MAIL
  TYPE = OAUTH2
  OAUTH_REFRESH_TOKEN = <secret:mail.refresh_token>
  OAUTH_REFRESH_TOKEN_EXPIRY_TIME = <secret:mail.refresh_token_expiry>
  API_AUTHENTICATION = "my oauth"
  COMMENT = 'it''s\nmail';

-- aws: 値は統合 aws_iam から得られます。記入するものはありません。
CREATE SECRET IF NOT EXISTS APPS.SALES.APP_1B9B1393_AWS
  TYPE = CLOUD_PROVIDER_TOKEN
  API_AUTHENTICATION = aws_iam
  ENABLED = TRUE;

-- 管理者が統合にシークレットを指定するために必要です。
GRANT USAGE ON SECRET APPS.SALES.APP_1B9B1393_API_KEY TO ROLE platform_admin;

GRANT USAGE ON SECRET APPS.SALES.APP_1B9B1393_LOGIN TO ROLE platform_admin;

GRANT USAGE ON SECRET APPS.SALES.APP_1B9B1393_CRM TO ROLE platform_admin;

GRANT USAGE ON SECRET APPS.SALES.APP_1B9B1393_MAIL TO ROLE platform_admin;

GRANT USAGE ON SECRET APPS.SALES.APP_1B9B1393_AWS TO ROLE platform_admin;

-- ============================================================================
-- 4. 統合とアカウントレベルの権限 (ロール: platform_admin)
-- ============================================================================

USE ROLE platform_admin;

-- シークレット ops.vault.SHARED は既存のものです。所有者は変えず、アプリの所有者に読み取りを許します。
GRANT USAGE, READ ON SECRET ops.vault.SHARED TO ROLE "App Owner";

GRANT USAGE ON DATABASE ops TO ROLE "App Owner";

GRANT USAGE ON SCHEMA ops.vault TO ROLE "App Owner";

GRANT USAGE ON SECRET ops.vault.SHARED TO ROLE platform_admin;

GRANT USAGE ON DATABASE ops TO ROLE platform_admin;

GRANT USAGE ON SCHEMA ops.vault TO ROLE platform_admin;

-- 統合にシークレットを指定するには、そのスキーマの USAGE が必要です。
GRANT USAGE ON DATABASE APPS TO ROLE platform_admin;

GRANT USAGE ON SCHEMA APPS.SALES TO ROLE platform_admin;

-- アプリと関数が使えるホストとシークレットを、ここに挙げたものだけに限ります。
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS APPS_SALES_APP_1B9B1393_ACCESS
  ALLOWED_NETWORK_RULES = (APPS.SALES.APP_1B9B1393_EGRESS)
  ALLOWED_AUTHENTICATION_SECRETS = (APPS.SALES.APP_1B9B1393_API_KEY, APPS.SALES.APP_1B9B1393_LOGIN, APPS.SALES.APP_1B9B1393_CRM, APPS.SALES.APP_1B9B1393_MAIL, APPS.SALES.APP_1B9B1393_AWS, ops.vault.SHARED)
  ENABLED = TRUE;

-- 所有者がアプリと関数に統合を割り当てるために必要です。
GRANT USAGE ON INTEGRATION APPS_SALES_APP_1B9B1393_ACCESS TO ROLE "App Owner";

-- アプリは所有者として Cortex を呼び出します。デフォルトではすべてのロールに許可されていますが、取り消されている場合に備えます。
-- セマンティックモデルのステージの READ と、その表の SELECT も所有者に必要です。
GRANT DATABASE ROLE SNOWFLAKE.CORTEX_USER TO ROLE "App Owner";

-- ============================================================================
-- 5. シークレットを渡す関数 (ロール: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

-- アプリはこれらの関数からシークレットを得ます。関数を使える人は値を読めるため、誰にも権限を与えないでください。
-- 関数への FUTURE 権限がこのスキーマに及んでいないことも確認してください。
CREATE OR REPLACE SECURE FUNCTION APPS.SALES.APP_1B9B1393_GET_API_KEY()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'アプリ 売上アプリ にシークレット api_key を渡します。誰にも権限を与えないでください。'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_APP_1B9B1393_ACCESS)
  SECRETS = ('api_key' = APPS.SALES.APP_1B9B1393_API_KEY)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_generic_secret_string("api_key")
$$;

CREATE OR REPLACE SECURE FUNCTION APPS.SALES.APP_1B9B1393_GET_LOGIN()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'アプリ 売上アプリ にシークレット login を渡します。誰にも権限を与えないでください。'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_APP_1B9B1393_ACCESS)
  SECRETS = ('login' = APPS.SALES.APP_1B9B1393_LOGIN)
AS $$
import json

import _snowflake


def get_secret():
    value = _snowflake.get_username_password("login")
    return json.dumps(
        {
            "username": value.username,
            "password": value.password,
        }
    )
$$;

CREATE OR REPLACE SECURE FUNCTION APPS.SALES.APP_1B9B1393_GET_CRM()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'アプリ 売上アプリ にシークレット crm を渡します。誰にも権限を与えないでください。'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_APP_1B9B1393_ACCESS)
  SECRETS = ('crm' = APPS.SALES.APP_1B9B1393_CRM)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_oauth_access_token("crm")
$$;

CREATE OR REPLACE SECURE FUNCTION APPS.SALES.APP_1B9B1393_GET_MAIL()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'アプリ 売上アプリ にシークレット mail を渡します。誰にも権限を与えないでください。'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_APP_1B9B1393_ACCESS)
  SECRETS = ('mail' = APPS.SALES.APP_1B9B1393_MAIL)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_oauth_access_token("mail")
$$;

CREATE OR REPLACE SECURE FUNCTION APPS.SALES.APP_1B9B1393_GET_AWS()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'アプリ 売上アプリ にシークレット aws を渡します。誰にも権限を与えないでください。'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_APP_1B9B1393_ACCESS)
  SECRETS = ('aws' = APPS.SALES.APP_1B9B1393_AWS)
AS $$
import json

import _snowflake


def get_secret():
    value = _snowflake.get_cloud_provider_token("aws")
    return json.dumps(
        {
            "access_key_id": value.access_key_id,
            "secret_access_key": value.secret_access_key,
            "token": value.token,
        }
    )
$$;

CREATE OR REPLACE SECURE FUNCTION APPS.SALES.APP_1B9B1393_GET_SHARED()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'アプリ 売上アプリ にシークレット shared を渡します。誰にも権限を与えないでください。'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_APP_1B9B1393_ACCESS)
  SECRETS = ('shared' = ops.vault.SHARED)
AS $$
import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("shared")).upper()
    if kind != "GENERIC_STRING":
        raise ValueError("the secret bound to shared is of type " + kind + ", not GENERIC_STRING")
    return _snowflake.get_generic_secret_string("shared")
$$;

-- ============================================================================
-- 6. アップロード (ロール: "App Owner")
-- ============================================================================

-- ここで停止し、アプリのファイルを次のいずれかの方法で @APPS.SALES.STREAMLIT_STAGE/APP_1B9B1393 にアップロードしてから続けてください。
--   sleet apply
--   snow stage copy streamlit_app.py @APPS.SALES.STREAMLIT_STAGE/APP_1B9B1393 --overwrite
--   snow stage copy pyproject.toml @APPS.SALES.STREAMLIT_STAGE/APP_1B9B1393 --overwrite
--   snow stage copy .streamlit/config.toml @APPS.SALES.STREAMLIT_STAGE/APP_1B9B1393/.streamlit --overwrite
--   snow stage copy uv.lock @APPS.SALES.STREAMLIT_STAGE/APP_1B9B1393 --overwrite
--   Snowsight: ステージのページの「+ Files」で、パスに APP_1B9B1393 を指定

-- ============================================================================
-- 7. アプリ (ロール: "App Owner")
-- ============================================================================

-- アプリです。アップロード済みのファイルを一度だけコピーします。既存のアプリは変わりません。
-- パッケージは Snowflake の PyPI ミラーから取得します。データベースロール SNOWFLAKE.PYPI_REPOSITORY_USER が
-- 必要ですが、取り消されていない限り PUBLIC に付与されています。
CREATE STREAMLIT IF NOT EXISTS APPS.SALES."売上アプリ"
  FROM '@APPS.SALES.STREAMLIT_STAGE/APP_1B9B1393'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = COMPUTE_WH
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  TITLE = '売上アプリ'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_APP_1B9B1393_ACCESS)
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- ライブバージョンができるまで、所有者以外はアプリを開けません。エラー 099106 は、すでにあることを示します。
-- 閲覧者のネットワークでは *.snowflake.app, *.snowflakecomputing.app と WebSocket を許可してください。
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT APPS.SALES."売上アプリ" ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;

-- ============================================================================
-- 8. 閲覧者 (ロール: platform_admin)
-- ============================================================================

USE ROLE platform_admin;

-- analyst に必要なのは、データベース、スキーマ、アプリの USAGE だけです。アプリは所有者の権限で動作します。
GRANT USAGE ON DATABASE APPS TO ROLE analyst;

GRANT USAGE ON SCHEMA APPS.SALES TO ROLE analyst;

GRANT USAGE ON STREAMLIT APPS.SALES."売上アプリ" TO ROLE analyst;

-- "営業" に必要なのは、データベース、スキーマ、アプリの USAGE だけです。アプリは所有者の権限で動作します。
GRANT USAGE ON DATABASE APPS TO ROLE "営業";

GRANT USAGE ON SCHEMA APPS.SALES TO ROLE "営業";

GRANT USAGE ON STREAMLIT APPS.SALES."売上アプリ" TO ROLE "営業";

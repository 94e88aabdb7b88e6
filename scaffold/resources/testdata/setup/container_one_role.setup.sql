-- Sets up the app "Sam's ""best"" app; -- \ x" in Snowflake, in order and by role. Written by sleet from sleet.toml.
-- Running it again changes nothing: what exists is left as it is. Only the functions are created again.
--
-- Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement
-- left with a placeholder is a syntax error, so that no secret is ever made of one. Never save the values here.
-- A secret that exists keeps its value: on a later run, delete its statement.
--
-- No schema is named in sleet.toml: USE DATABASE chooses PUBLIC. For another, add USE SCHEMA after it.
--
-- It switches no role: the role of the session runs all of it and owns the app permanently (the ownership of a
-- STREAMLIT cannot be transferred). To split the work by role, name roles.owner in sleet.toml. The role needs:
--   USAGE ON DATABASE APPS
--   USAGE, CREATE STREAMLIT, CREATE STAGE, CREATE NETWORK RULE, CREATE SECRET, CREATE FUNCTION ON SCHEMA <the schema in use>
--   USAGE ON WAREHOUSE COMPUTE_WH
--   USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU
--   USAGE ON INTEGRATION crm_oauth
--   USAGE ON INTEGRATION "my oauth"
--   USAGE ON INTEGRATION aws_iam
--   USAGE ON DATABASE ops
--   USAGE ON SCHEMA ops.vault
--   USAGE, READ ON SECRET ops.vault.SHARED
--   CREATE EXTERNAL ACCESS INTEGRATION ON ACCOUNT
--   MANAGE GRANTS ON ACCOUNT (or own the database and the schema)

-- ============================================================================
-- 1. Schema and stage
-- ============================================================================

USE DATABASE APPS;

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Network rule
-- ============================================================================

-- The hosts the app may call. A rule that exists keeps its hosts.
CREATE NETWORK RULE IF NOT EXISTS SAM_S_BEST_APP_X_EGRESS
  TYPE = HOST_PORT
  VALUE_LIST = ('api.example.com', '*.example.org:8443')
  MODE = EGRESS;

-- ============================================================================
-- 3. Secrets
-- ============================================================================

-- api_key: fill in the value in single quotes, and double each single quote and backslash in it.
CREATE SECRET IF NOT EXISTS SAM_S_BEST_APP_X_API_KEY
  TYPE = GENERIC_STRING
  SECRET_STRING = <secret:api_key>;

-- login: fill in user name and password, each in single quotes. Neither can hold a colon.
CREATE SECRET IF NOT EXISTS SAM_S_BEST_APP_X_LOGIN
  TYPE = PASSWORD
  USERNAME = <secret:login.username>
  PASSWORD = <secret:login.password>;

-- crm: its value comes from the integration crm_oauth. Nothing is to fill in.
CREATE SECRET IF NOT EXISTS SAM_S_BEST_APP_X_CRM
  TYPE = OAUTH2
  API_AUTHENTICATION = crm_oauth
  OAUTH_SCOPES = ('read', 'it''s');

-- mail: fill in the refresh token and the time it expires (2027-01-31 20:00:00), each in single quotes.
CREATE SECRET IF NOT EXISTS SAM_S_BEST_APP_X_MAIL
  TYPE = OAUTH2
  OAUTH_REFRESH_TOKEN = <secret:mail.refresh_token>
  OAUTH_REFRESH_TOKEN_EXPIRY_TIME = <secret:mail.refresh_token_expiry>
  API_AUTHENTICATION = "my oauth"
  COMMENT = 'it''s\nmail';

-- aws: its value comes from the integration aws_iam. Nothing is to fill in.
CREATE SECRET IF NOT EXISTS SAM_S_BEST_APP_X_AWS
  TYPE = CLOUD_PROVIDER_TOKEN
  API_AUTHENTICATION = aws_iam
  ENABLED = TRUE;

-- ============================================================================
-- 4. Integration and account-level grants
-- ============================================================================

-- Lets the app and its functions reach these hosts and use these secrets, and no others.
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS APPS_SAM_S_BEST_APP_X_ACCESS
  ALLOWED_NETWORK_RULES = (SAM_S_BEST_APP_X_EGRESS)
  ALLOWED_AUTHENTICATION_SECRETS = (SAM_S_BEST_APP_X_API_KEY, SAM_S_BEST_APP_X_LOGIN, SAM_S_BEST_APP_X_CRM, SAM_S_BEST_APP_X_MAIL, SAM_S_BEST_APP_X_AWS, ops.vault.SHARED)
  ENABLED = TRUE;

-- ============================================================================
-- 5. Functions that hold secrets
-- ============================================================================

-- The app calls these to get its secrets. Anyone who may use one can read its secret: grant them to nobody,
-- and see that no FUTURE grant on functions reaches this schema.
CREATE OR REPLACE SECURE FUNCTION SAM_S_BEST_APP_X_GET_API_KEY()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app Sam''s "best" app; -- \\ x its secret api_key. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SAM_S_BEST_APP_X_ACCESS)
  SECRETS = ('api_key' = SAM_S_BEST_APP_X_API_KEY)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_generic_secret_string("api_key")
$$;

CREATE OR REPLACE SECURE FUNCTION SAM_S_BEST_APP_X_GET_LOGIN()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app Sam''s "best" app; -- \\ x its secret login. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SAM_S_BEST_APP_X_ACCESS)
  SECRETS = ('login' = SAM_S_BEST_APP_X_LOGIN)
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

CREATE OR REPLACE SECURE FUNCTION SAM_S_BEST_APP_X_GET_CRM()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app Sam''s "best" app; -- \\ x its secret crm. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SAM_S_BEST_APP_X_ACCESS)
  SECRETS = ('crm' = SAM_S_BEST_APP_X_CRM)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_oauth_access_token("crm")
$$;

CREATE OR REPLACE SECURE FUNCTION SAM_S_BEST_APP_X_GET_MAIL()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app Sam''s "best" app; -- \\ x its secret mail. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SAM_S_BEST_APP_X_ACCESS)
  SECRETS = ('mail' = SAM_S_BEST_APP_X_MAIL)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_oauth_access_token("mail")
$$;

CREATE OR REPLACE SECURE FUNCTION SAM_S_BEST_APP_X_GET_AWS()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app Sam''s "best" app; -- \\ x its secret aws. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SAM_S_BEST_APP_X_ACCESS)
  SECRETS = ('aws' = SAM_S_BEST_APP_X_AWS)
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

CREATE OR REPLACE SECURE FUNCTION SAM_S_BEST_APP_X_GET_SHARED()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app Sam''s "best" app; -- \\ x its secret shared. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SAM_S_BEST_APP_X_ACCESS)
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
-- 6. Upload
-- ============================================================================

-- Stop here, upload the files of the app to @STREAMLIT_STAGE/SAM_S_BEST_APP_X in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @STREAMLIT_STAGE/SAM_S_BEST_APP_X --overwrite
--   snow stage copy pyproject.toml @STREAMLIT_STAGE/SAM_S_BEST_APP_X --overwrite
--   snow stage copy .streamlit/config.toml @STREAMLIT_STAGE/SAM_S_BEST_APP_X/.streamlit --overwrite
--   snow stage copy uv.lock @STREAMLIT_STAGE/SAM_S_BEST_APP_X --overwrite
--   Snowsight: the page of the stage, + Files, with the path SAM_S_BEST_APP_X

-- ============================================================================
-- 7. App
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
-- Its packages come from the mirror of PyPI that Snowflake keeps. It takes the database role
-- SNOWFLAKE.PYPI_REPOSITORY_USER, which PUBLIC has unless it was taken back.
CREATE STREAMLIT IF NOT EXISTS "Sam's ""best"" app; -- \ x"
  FROM '@STREAMLIT_STAGE/SAM_S_BEST_APP_X'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = COMPUTE_WH
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  TITLE = 'Sam''s "best" app; -- \\ x'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SAM_S_BEST_APP_X_ACCESS)
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app, *.snowflakecomputing.app and WebSockets.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT "Sam's ""best"" app; -- \ x" ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;

-- ============================================================================
-- 8. Viewers
-- ============================================================================

-- analyst needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.
GRANT USAGE ON DATABASE APPS TO ROLE analyst;

GRANT USAGE ON STREAMLIT "Sam's ""best"" app; -- \ x" TO ROLE analyst;

-- "Sales Team" needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.
GRANT USAGE ON DATABASE APPS TO ROLE "Sales Team";

GRANT USAGE ON STREAMLIT "Sam's ""best"" app; -- \ x" TO ROLE "Sales Team";

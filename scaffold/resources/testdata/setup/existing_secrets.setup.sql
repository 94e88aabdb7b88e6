-- Sets up the app apps.sales."SALES$$APP" in Snowflake, in order and by role. Written by sleet from sleet.toml.
-- Running it again changes nothing: what exists is left as it is. Only the functions are created again.
--
-- "App Owner" owns the app permanently: the ownership of a STREAMLIT cannot be transferred.
-- Account-level steps and grants to viewers run as platform_admin, which needs MANAGE GRANTS and
-- CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).
-- "App Owner" needs, where it does not own them (an administrator grants it):
--   GRANT USAGE, CREATE SCHEMA ON DATABASE apps TO ROLE "App Owner"
--   GRANT USAGE, CREATE STREAMLIT, CREATE FUNCTION ON SCHEMA apps.sales TO ROLE "App Owner"
--   GRANT USAGE ON DATABASE shared TO ROLE "App Owner"
--   GRANT USAGE, CREATE STAGE ON SCHEMA shared.files TO ROLE "App Owner"
--   GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE "App Owner"
--   GRANT USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU TO ROLE "App Owner"

-- ============================================================================
-- 1. Schema and stage (role: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

USE DATABASE apps;

-- Where the schema exists and the role may not create one, delete this line.
CREATE SCHEMA IF NOT EXISTS apps.sales;

USE SCHEMA apps.sales;

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS shared.files.APP_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Integration and account-level grants (role: platform_admin)
-- ============================================================================

USE ROLE platform_admin;

-- The secret ops.vault.SHARED was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET ops.vault.SHARED TO ROLE "App Owner";

GRANT USAGE ON DATABASE ops TO ROLE "App Owner";

GRANT USAGE ON SCHEMA ops.vault TO ROLE "App Owner";

GRANT USAGE ON SECRET ops.vault.SHARED TO ROLE platform_admin;

GRANT USAGE ON DATABASE ops TO ROLE platform_admin;

GRANT USAGE ON SCHEMA ops.vault TO ROLE platform_admin;

-- The secret ops.vault."login" was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET ops.vault."login" TO ROLE "App Owner";

GRANT USAGE ON SECRET ops.vault."login" TO ROLE platform_admin;

-- The secret apps.sales.OPS_OAUTH was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET apps.sales.OPS_OAUTH TO ROLE "App Owner";

GRANT USAGE ON DATABASE apps TO ROLE "App Owner";

GRANT USAGE ON SCHEMA apps.sales TO ROLE "App Owner";

GRANT USAGE ON SECRET apps.sales.OPS_OAUTH TO ROLE platform_admin;

GRANT USAGE ON DATABASE apps TO ROLE platform_admin;

GRANT USAGE ON SCHEMA apps.sales TO ROLE platform_admin;

-- The secret apps.vault.OPS_AWS was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET apps.vault.OPS_AWS TO ROLE "App Owner";

GRANT USAGE ON SCHEMA apps.vault TO ROLE "App Owner";

GRANT USAGE ON SECRET apps.vault.OPS_AWS TO ROLE platform_admin;

GRANT USAGE ON SCHEMA apps.vault TO ROLE platform_admin;

-- Lets the app and its functions reach these hosts and use these secrets, and no others.
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS "my access"
  ALLOWED_NETWORK_RULES = (ops.net.EGRESS, SNOWFLAKE.EXTERNAL_ACCESS.PYPI_RULE)
  ALLOWED_AUTHENTICATION_SECRETS = (ops.vault.SHARED, ops.vault."login", apps.sales.OPS_OAUTH, apps.vault.OPS_AWS)
  ENABLED = TRUE;

-- The owner attaches the integration to the app and its functions.
GRANT USAGE ON INTEGRATION "my access" TO ROLE "App Owner";

-- ============================================================================
-- 3. Functions that hold secrets (role: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

-- The app calls these to get its secrets. Anyone who may use one can read its secret: grant them to nobody,
-- and see that no FUTURE grant on functions reaches this schema.
CREATE OR REPLACE SECURE FUNCTION apps.sales.SALES_APP_GET_SHARED()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales$$app its secret shared. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = ("my access")
  SECRETS = ('shared' = ops.vault.SHARED)
AS $$
import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("shared")).upper()
    if kind != "GENERIC_STRING":
        raise ValueError("the secret bound to shared is of type " + kind + ", not GENERIC_STRING")
    return _snowflake.get_generic_secret_string("shared")
$$;

CREATE OR REPLACE SECURE FUNCTION apps.sales.SALES_APP_GET_OPS_LOGIN()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales$$app its secret ops_login. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = ("my access")
  SECRETS = ('ops_login' = ops.vault."login")
AS $$
import json

import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("ops_login")).upper()
    if kind != "PASSWORD":
        raise ValueError("the secret bound to ops_login is of type " + kind + ", not PASSWORD")
    value = _snowflake.get_username_password("ops_login")
    return json.dumps(
        {
            "username": value.username,
            "password": value.password,
        }
    )
$$;

CREATE OR REPLACE SECURE FUNCTION apps.sales.SALES_APP_GET_OPS_OAUTH()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales$$app its secret ops_oauth. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = ("my access")
  SECRETS = ('ops_oauth' = apps.sales.OPS_OAUTH)
AS $$
import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("ops_oauth")).upper()
    if kind != "OAUTH2":
        raise ValueError("the secret bound to ops_oauth is of type " + kind + ", not OAUTH2")
    return _snowflake.get_oauth_access_token("ops_oauth")
$$;

CREATE OR REPLACE SECURE FUNCTION apps.sales.SALES_APP_GET_OPS_AWS()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales$$app its secret ops_aws. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = ("my access")
  SECRETS = ('ops_aws' = apps.vault.OPS_AWS)
AS $$
import json

import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("ops_aws")).upper()
    if kind != "CLOUD_PROVIDER_TOKEN":
        raise ValueError("the secret bound to ops_aws is of type " + kind + ", not CLOUD_PROVIDER_TOKEN")
    value = _snowflake.get_cloud_provider_token("ops_aws")
    return json.dumps(
        {
            "access_key_id": value.access_key_id,
            "secret_access_key": value.secret_access_key,
            "token": value.token,
        }
    )
$$;

-- ============================================================================
-- 4. Upload (role: "App Owner")
-- ============================================================================

-- Stop here, upload the files of the app to @shared.files.APP_STAGE/SALES_APP in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @shared.files.APP_STAGE/SALES_APP --overwrite
--   snow stage copy pyproject.toml @shared.files.APP_STAGE/SALES_APP --overwrite
--   snow stage copy .streamlit/config.toml @shared.files.APP_STAGE/SALES_APP/.streamlit --overwrite
--   Snowsight: the page of the stage, + Files, with the path SALES_APP

-- ============================================================================
-- 5. App (role: "App Owner")
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
CREATE STREAMLIT IF NOT EXISTS apps.sales."SALES$$APP"
  FROM '@shared.files.APP_STAGE/SALES_APP'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = COMPUTE_WH
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  TITLE = 'sales$$app'
  EXTERNAL_ACCESS_INTEGRATIONS = ("my access");

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app, *.snowflakecomputing.app and WebSockets.
EXECUTE IMMEDIATE '\nBEGIN\n  ALTER STREAMLIT apps.sales."SALES$$APP" ADD LIVE VERSION FROM LAST;\nEXCEPTION\n  WHEN OTHER THEN\n    IF (SQLCODE <> 99106) THEN\n      RAISE;\n    END IF;\nEND;\n';

-- ============================================================================
-- 6. Viewers (role: platform_admin)
-- ============================================================================

USE ROLE platform_admin;

-- analyst needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.
GRANT USAGE ON DATABASE apps TO ROLE analyst;

GRANT USAGE ON SCHEMA apps.sales TO ROLE analyst;

GRANT USAGE ON STREAMLIT apps.sales."SALES$$APP" TO ROLE analyst;

-- "営業" needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.
GRANT USAGE ON DATABASE apps TO ROLE "営業";

GRANT USAGE ON SCHEMA apps.sales TO ROLE "営業";

GRANT USAGE ON STREAMLIT apps.sales."SALES$$APP" TO ROLE "営業";

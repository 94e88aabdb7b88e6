-- Sets up the app APPS.SALES.sales_app in Snowflake, in order and by role. Written by sleet from sleet.toml.
-- Running it again changes nothing: what exists is left as it is. Only the functions are created again.
--
-- Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement
-- left with a placeholder is a syntax error, so that no secret is ever made of one. Never save the values here.
-- A secret that exists keeps its value: on a later run, delete its statement.
--
-- app_owner owns the app permanently: the ownership of a STREAMLIT cannot be transferred.
-- Account-level steps and grants to viewers run as ACCOUNTADMIN, which needs MANAGE GRANTS and
-- CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).
-- app_owner needs, where it does not own them (an administrator grants it):
--   GRANT USAGE, CREATE SCHEMA ON DATABASE APPS TO ROLE app_owner
--   GRANT USAGE, CREATE STREAMLIT, CREATE STAGE, CREATE NETWORK RULE, CREATE SECRET ON SCHEMA APPS.SALES TO ROLE app_owner
--   GRANT USAGE ON WAREHOUSE "my warehouse" TO ROLE app_owner
--   GRANT USAGE ON INTEGRATION crm_oauth TO ROLE app_owner
--   GRANT USAGE ON INTEGRATION "my oauth" TO ROLE app_owner
--   GRANT USAGE ON INTEGRATION aws_iam TO ROLE app_owner

-- ============================================================================
-- 1. Schema and stage (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

USE DATABASE APPS;

-- Where the schema exists and the role may not create one, delete this line.
CREATE SCHEMA IF NOT EXISTS APPS.SALES;

USE SCHEMA APPS.SALES;

-- The files of the app are uploaded here. The encryption cannot be changed later.
CREATE STAGE IF NOT EXISTS APPS.SALES.STREAMLIT_STAGE
  ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE');

-- ============================================================================
-- 2. Network rule (role: app_owner)
-- ============================================================================

-- The hosts the app may call. A rule that exists keeps its hosts.
CREATE NETWORK RULE IF NOT EXISTS APPS.SALES.SALES_APP_EGRESS
  TYPE = HOST_PORT
  VALUE_LIST = ('api.example.com', '*.example.org:8443')
  MODE = EGRESS;

-- ============================================================================
-- 3. Secrets (role: app_owner)
-- ============================================================================

-- api_key: fill in the value in single quotes, and double each single quote and backslash in it.
CREATE SECRET IF NOT EXISTS APPS.SALES.SALES_APP_API_KEY
  TYPE = GENERIC_STRING
  SECRET_STRING = <secret:api_key>;

-- login: fill in user name and password, each in single quotes. Neither can hold a colon.
CREATE SECRET IF NOT EXISTS APPS.SALES.SALES_APP_LOGIN
  TYPE = PASSWORD
  USERNAME = <secret:login.username>
  PASSWORD = <secret:login.password>;

-- crm: its value comes from the integration crm_oauth. Nothing is to fill in.
CREATE SECRET IF NOT EXISTS APPS.SALES.SALES_APP_CRM
  TYPE = OAUTH2
  API_AUTHENTICATION = crm_oauth
  OAUTH_SCOPES = ('read', 'it''s');

-- mail: fill in the refresh token and the time it expires (2027-01-31 20:00:00), each in single quotes.
CREATE SECRET IF NOT EXISTS APPS.SALES.SALES_APP_MAIL
  TYPE = OAUTH2
  OAUTH_REFRESH_TOKEN = <secret:mail.refresh_token>
  OAUTH_REFRESH_TOKEN_EXPIRY_TIME = <secret:mail.refresh_token_expiry>
  API_AUTHENTICATION = "my oauth"
  COMMENT = 'it''s\nmail';

-- aws: its value comes from the integration aws_iam. Nothing is to fill in.
CREATE SECRET IF NOT EXISTS APPS.SALES.SALES_APP_AWS
  TYPE = CLOUD_PROVIDER_TOKEN
  API_AUTHENTICATION = aws_iam
  ENABLED = TRUE;

-- The administrator names the secrets in the integration.
GRANT USAGE ON SECRET APPS.SALES.SALES_APP_API_KEY TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SECRET APPS.SALES.SALES_APP_LOGIN TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SECRET APPS.SALES.SALES_APP_CRM TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SECRET APPS.SALES.SALES_APP_MAIL TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SECRET APPS.SALES.SALES_APP_AWS TO ROLE ACCOUNTADMIN;

-- ============================================================================
-- 4. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- The secret ops.vault.SHARED was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET ops.vault.SHARED TO ROLE app_owner;

GRANT USAGE ON DATABASE ops TO ROLE app_owner;

GRANT USAGE ON SCHEMA ops.vault TO ROLE app_owner;

GRANT USAGE ON SECRET ops.vault.SHARED TO ROLE ACCOUNTADMIN;

GRANT USAGE ON DATABASE ops TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SCHEMA ops.vault TO ROLE ACCOUNTADMIN;

-- To name a secret in an integration takes USAGE on its schema.
GRANT USAGE ON DATABASE APPS TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SCHEMA APPS.SALES TO ROLE ACCOUNTADMIN;

-- Lets the app and its functions reach these hosts and use these secrets, and no others.
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS APPS_SALES_SALES_APP_ACCESS
  ALLOWED_NETWORK_RULES = (APPS.SALES.SALES_APP_EGRESS)
  ALLOWED_AUTHENTICATION_SECRETS = (APPS.SALES.SALES_APP_API_KEY, APPS.SALES.SALES_APP_LOGIN, APPS.SALES.SALES_APP_CRM, APPS.SALES.SALES_APP_MAIL, APPS.SALES.SALES_APP_AWS, ops.vault.SHARED)
  ENABLED = TRUE;

-- The owner attaches the integration to the app and its functions.
GRANT USAGE ON INTEGRATION APPS_SALES_SALES_APP_ACCESS TO ROLE app_owner;

-- ============================================================================
-- 5. Upload (role: app_owner)
-- ============================================================================

USE ROLE app_owner;

-- Stop here, upload the files of the app to @APPS.SALES.STREAMLIT_STAGE/SALES_APP in one of these ways, and then go on.
--   sleet apply
--   snow stage copy streamlit_app.py @APPS.SALES.STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy environment.yml @APPS.SALES.STREAMLIT_STAGE/SALES_APP --overwrite
--   snow stage copy .streamlit/config.toml @APPS.SALES.STREAMLIT_STAGE/SALES_APP/.streamlit --overwrite
--   Snowsight: the page of the stage, + Files, with the path SALES_APP

-- ============================================================================
-- 6. App (role: app_owner)
-- ============================================================================

-- The app. It copies the uploaded files once. An app that exists is left as it is.
CREATE STREAMLIT IF NOT EXISTS APPS.SALES.sales_app
  FROM '@APPS.SALES.STREAMLIT_STAGE/SALES_APP'
  MAIN_FILE = 'streamlit_app.py'
  QUERY_WAREHOUSE = "my warehouse"
  RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'
  COMMENT = 'line\nbreak; $$ ''--'
  TITLE = 'Sam''s app \\ "best"'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_SALES_SALES_APP_ACCESS)
  SECRETS = ('api_key' = APPS.SALES.SALES_APP_API_KEY, 'login' = APPS.SALES.SALES_APP_LOGIN, 'crm' = APPS.SALES.SALES_APP_CRM, 'mail' = APPS.SALES.SALES_APP_MAIL, 'aws' = APPS.SALES.SALES_APP_AWS, 'shared' = ops.vault.SHARED);

-- Until there is a live version nobody but the owner can open the app. Error 099106 says that there is one.
-- The network of every viewer must allow *.snowflake.app and WebSockets.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT APPS.SALES.sales_app ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;

-- ============================================================================
-- 7. Viewers (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- analyst needs the way to the app and the app itself, nothing else: the app runs with the rights of its owner.
GRANT USAGE ON DATABASE APPS TO ROLE analyst;

GRANT USAGE ON SCHEMA APPS.SALES TO ROLE analyst;

GRANT USAGE ON STREAMLIT APPS.SALES.sales_app TO ROLE analyst;

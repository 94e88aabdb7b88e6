-- Moves the app apps.public.sales to the container runtime, in order and by role. Written by sleet migrate. `sleet apply` does
-- the same from sleet.toml. rollback.sql is the way back.
--
-- Before you run it, put the value of each secret in the place of its placeholder (in angle brackets). A statement
-- left with a placeholder is a syntax error. Never save the values here. Where a secret is there already, delete its
-- statement, and name it in sleet.toml: object = "…", existing = true.
--
-- DEV owns the app permanently: the ownership of a STREAMLIT cannot be transferred.
-- Account-level steps and grants to viewers run as ACCOUNTADMIN, which needs MANAGE GRANTS and
-- CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).
-- DEV needs, where it does not own them (an administrator grants it):
--   GRANT USAGE ON DATABASE apps TO ROLE DEV
--   GRANT USAGE, CREATE NETWORK RULE, CREATE SECRET, CREATE FUNCTION ON SCHEMA apps.public TO ROLE DEV
--   GRANT USAGE ON WAREHOUSE compute_wh TO ROLE DEV
--   GRANT USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU TO ROLE DEV
--
-- If DESCRIBE STREAMLIT apps.public.sales shows a root_location, the app cannot be altered so: run sleet migrate --undo and then
-- sleet migrate --root-location, which makes a new app beside it.

-- ============================================================================
-- 1. Place (role: DEV)
-- ============================================================================

USE ROLE DEV;

USE DATABASE apps;

USE SCHEMA apps.public;

-- ============================================================================
-- 2. Network rule (role: DEV)
-- ============================================================================

-- The hosts the app may call. A rule that exists keeps its hosts.
CREATE NETWORK RULE IF NOT EXISTS apps.public.SALES_EGRESS
  TYPE = HOST_PORT
  VALUE_LIST = ('api.example.com')
  MODE = EGRESS;

-- ============================================================================
-- 3. Secrets (role: DEV)
-- ============================================================================

-- fresh: fill in the value in single quotes, and double each single quote and backslash in it.
CREATE SECRET IF NOT EXISTS apps.public.SALES_FRESH
  TYPE = GENERIC_STRING
  SECRET_STRING = <secret:fresh>;

-- The administrator names the secrets in the integration.
GRANT USAGE ON SECRET apps.public.SALES_FRESH TO ROLE ACCOUNTADMIN;

-- ============================================================================
-- 4. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- The secret APPS.PUBLIC.API_KEY was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET APPS.PUBLIC.API_KEY TO ROLE DEV;

GRANT USAGE ON DATABASE apps TO ROLE DEV;

GRANT USAGE ON SCHEMA apps.public TO ROLE DEV;

GRANT USAGE ON SECRET APPS.PUBLIC.API_KEY TO ROLE ACCOUNTADMIN;

GRANT USAGE ON DATABASE apps TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SCHEMA apps.public TO ROLE ACCOUNTADMIN;

-- Lets the app and its functions reach these hosts and use these secrets, and no others.
CREATE EXTERNAL ACCESS INTEGRATION IF NOT EXISTS APPS_PUBLIC_SALES_ACCESS
  ALLOWED_NETWORK_RULES = (apps.public.SALES_EGRESS)
  ALLOWED_AUTHENTICATION_SECRETS = (APPS.PUBLIC.API_KEY, apps.public.SALES_FRESH)
  ENABLED = TRUE;

-- The owner attaches the integration to the app and its functions.
GRANT USAGE ON INTEGRATION APPS_PUBLIC_SALES_ACCESS TO ROLE DEV;

-- ============================================================================
-- 5. Functions that hold secrets (role: DEV)
-- ============================================================================

USE ROLE DEV;

-- The app calls these to get its secrets. Anyone who may use one can read its secret: grant them to nobody,
-- and see that no FUTURE grant on functions reaches this schema.
CREATE OR REPLACE SECURE FUNCTION apps.public.SALES_GET_FRESH()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales its secret fresh. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (APPS_PUBLIC_SALES_ACCESS)
  SECRETS = ('fresh' = apps.public.SALES_FRESH)
AS $$
import _snowflake


def get_secret():
    return _snowflake.get_generic_secret_string("fresh")
$$;

-- ============================================================================
-- 6. Upload (role: DEV)
-- ============================================================================

-- Stop here. First keep what is there now as a version (in preview, so not part of the script):
--   ALTER STREAMLIT apps.public.sales COMMIT
-- Then upload the changed files of the app in one of these ways, and go on at once: until the switch
-- viewers have the new code in the old runtime.
--   sleet apply
--   snow stage copy streamlit_app.py 'snow://streamlit/apps.public.sales/versions/live/' --overwrite
--   snow stage copy pyproject.toml 'snow://streamlit/apps.public.sales/versions/live/' --overwrite
--   snow stage copy .streamlit/config.toml 'snow://streamlit/apps.public.sales/versions/live/.streamlit/' --overwrite
--   snow stage copy uv.lock 'snow://streamlit/apps.public.sales/versions/live/' --overwrite
--   Snowsight: the app's page, Edit, and the same files

-- ============================================================================
-- 7. Switch (role: DEV)
-- ============================================================================

-- The switch. Name, URL and grants of the app stay. SET takes whole lists: they hold what was attached before,
-- as far as the app's files tell. Compare them with DESCRIBE STREAMLIT apps.public.sales first.
ALTER STREAMLIT apps.public.sales SET
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  EXTERNAL_ACCESS_INTEGRATIONS = (maps, "Other", APPS_PUBLIC_SALES_ACCESS)
  SECRETS = ('api_key' = APPS.PUBLIC.API_KEY, 'login' = apps.public.login)
  ARTIFACT_REPOSITORIES = (snowflake.snowpark.pypi_shared_repository);

-- Nobody but the owner can open an app without a live version. Error 099106 says that there is one.
EXECUTE IMMEDIATE $$
BEGIN
  ALTER STREAMLIT apps.public.sales ADD LIVE VERSION FROM LAST;
EXCEPTION
  WHEN OTHER THEN
    IF (SQLCODE <> 99106) THEN
      RAISE;
    END IF;
END;
$$;

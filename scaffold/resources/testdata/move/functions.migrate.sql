-- Moves the app apps.public.sales to the container runtime, in order and by role. Written by sleet migrate. `sleet apply` does
-- the same from sleet.toml. rollback.sql is the way back.
--
-- DEV owns the app permanently: the ownership of a STREAMLIT cannot be transferred.
-- Account-level steps and grants to viewers run as ACCOUNTADMIN, which needs MANAGE GRANTS and
-- CREATE EXTERNAL ACCESS INTEGRATION (ACCOUNTADMIN has both).
-- DEV needs, where it does not own them (an administrator grants it):
--   GRANT USAGE ON DATABASE apps TO ROLE DEV
--   GRANT USAGE, CREATE FUNCTION ON SCHEMA apps.public TO ROLE DEV
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
-- 2. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- The secret APPS.PUBLIC.API_KEY was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET APPS.PUBLIC.API_KEY TO ROLE DEV;

GRANT USAGE ON DATABASE apps TO ROLE DEV;

GRANT USAGE ON SCHEMA apps.public TO ROLE DEV;

GRANT USAGE ON SECRET APPS.PUBLIC.API_KEY TO ROLE ACCOUNTADMIN;

GRANT USAGE ON DATABASE apps TO ROLE ACCOUNTADMIN;

GRANT USAGE ON SCHEMA apps.public TO ROLE ACCOUNTADMIN;

-- The secret APPS.PUBLIC.LOGIN was there before. It keeps its owner, and the owner of the app may read it.
GRANT USAGE, READ ON SECRET APPS.PUBLIC.LOGIN TO ROLE DEV;

GRANT USAGE ON SECRET APPS.PUBLIC.LOGIN TO ROLE ACCOUNTADMIN;

-- ============================================================================
-- 3. Functions that hold secrets (role: DEV)
-- ============================================================================

USE ROLE DEV;

-- The app calls these to get its secrets. Anyone who may use one can read its secret: grant them to nobody,
-- and see that no FUTURE grant on functions reaches this schema.
CREATE OR REPLACE SECURE FUNCTION apps.public.SALES_GET_API_KEY()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales its secret api_key. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (maps)
  SECRETS = ('api_key' = APPS.PUBLIC.API_KEY)
AS $$
import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("api_key")).upper()
    if kind != "GENERIC_STRING":
        raise ValueError("the secret bound to api_key is of type " + kind + ", not GENERIC_STRING")
    return _snowflake.get_generic_secret_string("api_key")
$$;

CREATE OR REPLACE SECURE FUNCTION apps.public.SALES_GET_LOGIN()
  COPY GRANTS
  RETURNS STRING
  LANGUAGE PYTHON
  RUNTIME_VERSION = '3.12'
  COMMENT = 'Gives the app sales its secret login. Grant it to nobody.'
  HANDLER = 'get_secret'
  EXTERNAL_ACCESS_INTEGRATIONS = (maps)
  SECRETS = ('login' = APPS.PUBLIC.LOGIN)
AS $$
import json

import _snowflake


def get_secret():
    kind = str(_snowflake.get_secret_type("login")).upper()
    if kind != "PASSWORD":
        raise ValueError("the secret bound to login is of type " + kind + ", not PASSWORD")
    value = _snowflake.get_username_password("login")
    return json.dumps(
        {
            "username": value.username,
            "password": value.password,
        }
    )
$$;

-- ============================================================================
-- 4. Upload (role: DEV)
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
-- 5. Switch (role: DEV)
-- ============================================================================

-- The functions hold the secrets now.
ALTER STREAMLIT apps.public.sales UNSET SECRETS;

-- The switch. Name, URL and grants of the app stay. SET takes whole lists: they hold what was attached before,
-- as far as the app's files tell. Compare them with DESCRIBE STREAMLIT apps.public.sales first.
ALTER STREAMLIT apps.public.sales SET
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  EXTERNAL_ACCESS_INTEGRATIONS = (maps)
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

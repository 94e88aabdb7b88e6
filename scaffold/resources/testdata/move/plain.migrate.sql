-- Moves the app apps.public.sales to the container runtime, in order and by role. Written by sleet migrate. `sleet apply` does
-- the same from sleet.toml. rollback.sql is the way back.
--
-- It switches no role: the role of the session runs all of it and owns the app permanently (the ownership of a
-- STREAMLIT cannot be transferred). To split the work by role, name roles.owner in sleet.toml. The role needs:
--   USAGE ON DATABASE apps
--   USAGE ON SCHEMA apps.public
--   USAGE ON WAREHOUSE compute_wh
--   USAGE ON COMPUTE POOL SYSTEM_COMPUTE_POOL_CPU
--   OWNERSHIP ON STREAMLIT apps.public.sales
--
-- If DESCRIBE STREAMLIT apps.public.sales shows a root_location, the app cannot be altered so: run sleet migrate --undo and then
-- sleet migrate --root-location, which makes a new app beside it.

-- ============================================================================
-- 1. Place
-- ============================================================================

USE DATABASE apps;

USE SCHEMA apps.public;

-- ============================================================================
-- 2. Upload
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
-- 3. Switch
-- ============================================================================

-- The switch. Name, URL and grants of the app stay. SET takes whole lists: they hold what was attached before,
-- as far as the app's files tell. Compare them with DESCRIBE STREAMLIT apps.public.sales first.
ALTER STREAMLIT apps.public.sales SET
  RUNTIME_NAME = 'SYSTEM$ST_CONTAINER_RUNTIME_PY3_11'
  COMPUTE_POOL = SYSTEM_COMPUTE_POOL_CPU
  QUERY_WAREHOUSE = compute_wh
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

-- Takes back what migrate.sql did for the app apps.public.sales. Written by sleet migrate.

-- ============================================================================
-- 1. Place (role: DEV)
-- ============================================================================

USE ROLE DEV;

USE DATABASE apps;

USE SCHEMA apps.public;

-- ============================================================================
-- 2. Upload (role: DEV)
-- ============================================================================

-- Bring the old files back: `sleet migrate --undo` in the app's folder, and then upload them to the live version
-- as in migrate.sql. environment.yml is one of them. Or give up the live version for the one that COMMIT kept.

-- ============================================================================
-- 3. Switch (role: DEV)
-- ============================================================================

-- A warehouse app takes its packages from environment.yml. Unset the repositories before the switch.
ALTER STREAMLIT apps.public.sales UNSET ARTIFACT_REPOSITORIES;

-- The app runs in its warehouse again, with the lists it had.
ALTER STREAMLIT apps.public.sales SET
  RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'
  EXTERNAL_ACCESS_INTEGRATIONS = (maps)
  SECRETS = ('api_key' = APPS.PUBLIC.API_KEY, 'login' = APPS.PUBLIC.LOGIN);

-- ============================================================================
-- 4. Functions that hold secrets (role: DEV)
-- ============================================================================

DROP FUNCTION IF EXISTS apps.public.SALES_GET_LOGIN();

DROP FUNCTION IF EXISTS apps.public.SALES_GET_API_KEY();

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
  EXTERNAL_ACCESS_INTEGRATIONS = (maps, "Other")
  SECRETS = ('api_key' = APPS.PUBLIC.API_KEY, 'login' = apps.public.login);

-- ============================================================================
-- 4. Functions that hold secrets (role: DEV)
-- ============================================================================

DROP FUNCTION IF EXISTS apps.public.SALES_GET_FRESH();

-- ============================================================================
-- 5. Integration and account-level grants (role: ACCOUNTADMIN)
-- ============================================================================

USE ROLE ACCOUNTADMIN;

-- See first that no other app or function uses it: what it allowed stops working there.
DROP INTEGRATION IF EXISTS APPS_PUBLIC_SALES_ACCESS;

-- ============================================================================
-- 6. Secrets (role: DEV)
-- ============================================================================

USE ROLE DEV;

-- See first that nothing else uses it. It cannot be recovered.
DROP SECRET IF EXISTS apps.public.SALES_FRESH;

-- ============================================================================
-- 7. Network rule (role: DEV)
-- ============================================================================

-- See first that nothing else uses it. It cannot be recovered.
DROP NETWORK RULE IF EXISTS apps.public.SALES_EGRESS;

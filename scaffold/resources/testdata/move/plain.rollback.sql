-- Takes back what migrate.sql did for the app apps.public.sales. Written by sleet migrate.
--
-- It switches no role: run it as the role that ran migrate.sql.

-- ============================================================================
-- 1. Place
-- ============================================================================

USE DATABASE apps;

USE SCHEMA apps.public;

-- ============================================================================
-- 2. Upload
-- ============================================================================

-- Bring the old files back: `sleet migrate --undo` in the app's folder, and then upload them to the live version
-- as in migrate.sql. environment.yml is one of them. Or give up the live version for the one that COMMIT kept.

-- ============================================================================
-- 3. Switch
-- ============================================================================

-- A warehouse app takes its packages from environment.yml. Unset the repositories before the switch.
ALTER STREAMLIT apps.public.sales UNSET ARTIFACT_REPOSITORIES;

-- The app runs in its warehouse again, with the lists it had.
ALTER STREAMLIT apps.public.sales SET
  RUNTIME_NAME = 'SYSTEM$WAREHOUSE_RUNTIME'
  QUERY_WAREHOUSE = compute_wh;

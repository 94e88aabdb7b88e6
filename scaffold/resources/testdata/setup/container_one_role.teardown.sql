-- Removes from Snowflake what sql/setup.sql made for the app "Sam's ""best"" app; -- \ x", in the opposite order. Written by sleet.
--
-- No schema is named in sleet.toml: USE DATABASE chooses PUBLIC. For another, add USE SCHEMA after it.
--
-- It switches no role: run it as the role that ran setup.sql, which owns these objects.

-- ============================================================================
-- 1. App
-- ============================================================================

USE DATABASE APPS;

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS "Sam's ""best"" app; -- \ x";

-- ============================================================================
-- 2. Functions that hold secrets
-- ============================================================================

DROP FUNCTION IF EXISTS SAM_S_BEST_APP_X_GET_SHARED();

DROP FUNCTION IF EXISTS SAM_S_BEST_APP_X_GET_AWS();

DROP FUNCTION IF EXISTS SAM_S_BEST_APP_X_GET_MAIL();

DROP FUNCTION IF EXISTS SAM_S_BEST_APP_X_GET_CRM();

DROP FUNCTION IF EXISTS SAM_S_BEST_APP_X_GET_LOGIN();

DROP FUNCTION IF EXISTS SAM_S_BEST_APP_X_GET_API_KEY();

-- ============================================================================
-- 3. Integration and account-level grants
-- ============================================================================

-- See first that no other app or function uses it: what it allowed stops working there.
DROP INTEGRATION IF EXISTS APPS_SAM_S_BEST_APP_X_ACCESS;

-- ============================================================================
-- 4. Secrets
-- ============================================================================

-- See first that nothing else uses it. It cannot be recovered.
DROP SECRET IF EXISTS SAM_S_BEST_APP_X_AWS;

DROP SECRET IF EXISTS SAM_S_BEST_APP_X_MAIL;

DROP SECRET IF EXISTS SAM_S_BEST_APP_X_CRM;

DROP SECRET IF EXISTS SAM_S_BEST_APP_X_LOGIN;

DROP SECRET IF EXISTS SAM_S_BEST_APP_X_API_KEY;

-- ============================================================================
-- 5. Network rule
-- ============================================================================

-- See first that nothing else uses it. It cannot be recovered.
DROP NETWORK RULE IF EXISTS SAM_S_BEST_APP_X_EGRESS;

-- ============================================================================
-- 6. Schema and stage
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@STREAMLIT_STAGE/SAM_S_BEST_APP_X/';

-- What stays: secrets that were there before, and grants that other apps may need. Where nothing does:
--   SECRET ops.vault.SHARED
--   REVOKE USAGE ON DATABASE APPS FROM ROLE analyst
--   REVOKE USAGE ON DATABASE APPS FROM ROLE "Sales Team"

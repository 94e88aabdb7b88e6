-- Removes from Snowflake what sql/setup.sql made for the app APPS.SALES."雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪", in the opposite order. Written by sleet.
--
-- It switches no role: run it as the role that ran setup.sql, which owns these objects.

-- ============================================================================
-- 1. App
-- ============================================================================

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS APPS.SALES."雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪雪";

-- ============================================================================
-- 2. Functions that hold secrets
-- ============================================================================

DROP FUNCTION IF EXISTS APPS.SALES.APP_DEAECF7B_GET_LOGIN();

-- ============================================================================
-- 3. Integration and account-level grants
-- ============================================================================

-- See first that no other app or function uses it: what it allowed stops working there.
DROP INTEGRATION IF EXISTS "order";

-- ============================================================================
-- 4. Secrets
-- ============================================================================

-- See first that nothing else uses it. It cannot be recovered.
DROP SECRET IF EXISTS other.vault.LOGIN;

-- ============================================================================
-- 5. Network rule
-- ============================================================================

-- See first that nothing else uses it. It cannot be recovered.
DROP NETWORK RULE IF EXISTS APPS.net."egress rule";

-- ============================================================================
-- 6. Schema and stage
-- ============================================================================

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@APPS.SALES.STREAMLIT_STAGE/APP_DEAECF7B/';

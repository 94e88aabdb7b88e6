-- Removes from Snowflake what sql/setup.sql made for the app apps.sales."SALES$$APP", in the opposite order. Written by sleet.

-- ============================================================================
-- 1. App (role: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

-- The app, with the edits made to it in Snowsight.
DROP STREAMLIT IF EXISTS apps.sales."SALES$$APP";

-- ============================================================================
-- 2. Functions that hold secrets (role: "App Owner")
-- ============================================================================

DROP FUNCTION IF EXISTS apps.sales.SALES_APP_GET_OPS_AWS();

DROP FUNCTION IF EXISTS apps.sales.SALES_APP_GET_OPS_OAUTH();

DROP FUNCTION IF EXISTS apps.sales.SALES_APP_GET_OPS_LOGIN();

DROP FUNCTION IF EXISTS apps.sales.SALES_APP_GET_SHARED();

-- ============================================================================
-- 3. Integration and account-level grants (role: platform_admin)
-- ============================================================================

USE ROLE platform_admin;

-- See first that no other app or function uses it: what it allowed stops working there.
DROP INTEGRATION IF EXISTS "my access";

-- ============================================================================
-- 4. Schema and stage (role: "App Owner")
-- ============================================================================

USE ROLE "App Owner";

-- The files of the app only: the stage and the schema stay, for others may use them.
REMOVE '@shared.files.APP_STAGE/SALES_APP/';

-- What stays: secrets that were there before, and grants that other apps may need. Where nothing does:
--   SECRET ops.vault.SHARED
--   SECRET ops.vault."login"
--   SECRET apps.sales.OPS_OAUTH
--   SECRET apps.vault.OPS_AWS
--   REVOKE USAGE, READ ON SECRET ops.vault.SHARED FROM ROLE "App Owner"
--   REVOKE USAGE ON DATABASE ops FROM ROLE "App Owner"
--   REVOKE USAGE ON SCHEMA ops.vault FROM ROLE "App Owner"
--   REVOKE USAGE ON SECRET ops.vault.SHARED FROM ROLE platform_admin
--   REVOKE USAGE ON DATABASE ops FROM ROLE platform_admin
--   REVOKE USAGE ON SCHEMA ops.vault FROM ROLE platform_admin
--   REVOKE USAGE, READ ON SECRET ops.vault."login" FROM ROLE "App Owner"
--   REVOKE USAGE ON SECRET ops.vault."login" FROM ROLE platform_admin
--   REVOKE USAGE, READ ON SECRET apps.sales.OPS_OAUTH FROM ROLE "App Owner"
--   REVOKE USAGE ON DATABASE apps FROM ROLE "App Owner"
--   REVOKE USAGE ON SCHEMA apps.sales FROM ROLE "App Owner"
--   REVOKE USAGE ON SECRET apps.sales.OPS_OAUTH FROM ROLE platform_admin
--   REVOKE USAGE ON DATABASE apps FROM ROLE platform_admin
--   REVOKE USAGE ON SCHEMA apps.sales FROM ROLE platform_admin
--   REVOKE USAGE, READ ON SECRET apps.vault.OPS_AWS FROM ROLE "App Owner"
--   REVOKE USAGE ON SCHEMA apps.vault FROM ROLE "App Owner"
--   REVOKE USAGE ON SECRET apps.vault.OPS_AWS FROM ROLE platform_admin
--   REVOKE USAGE ON SCHEMA apps.vault FROM ROLE platform_admin
--   REVOKE USAGE ON DATABASE apps FROM ROLE analyst
--   REVOKE USAGE ON SCHEMA apps.sales FROM ROLE analyst
--   REVOKE USAGE ON DATABASE apps FROM ROLE "営業"
--   REVOKE USAGE ON SCHEMA apps.sales FROM ROLE "営業"

package engine

// text is the property that most objects have.
func text() property { return property{shape: shapeText} }

func boolean() property { return property{shape: shapeBool} }

func number() property { return property{shape: shapeNumber} }

func anything() property { return property{shape: shapeAny} }

func words(list ...string) property { return property{shape: shapeWord, words: list} }

func usage(shape shape, kind string, needs ...string) property {
	return property{shape: shape, refers: kind, needs: needs}
}

// streamlitProperties are those of an app.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
// ARTIFACT_REPOSITORIES is on the page about packages:
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func streamlitProperties(legacy bool) properties {
	known := properties{
		"MAIN_FILE":                    text(),
		"QUERY_WAREHOUSE":              usage(shapeName, kindWarehouse, "USAGE"),
		"COMMENT":                      text(),
		"TITLE":                        text(),
		"IMPORTS":                      {shape: shapeTexts},
		"EXTERNAL_ACCESS_INTEGRATIONS": usage(shapeNames, kindIntegration, "USAGE"),
	}
	if legacy {
		known["ROOT_LOCATION"] = text()
		return known
	}
	known["RUNTIME_NAME"] = text()
	known["COMPUTE_POOL"] = usage(shapeName, kindPool, "USAGE")
	known["SECRETS"] = usage(shapeBindings, kindSecret, "USAGE", "READ")
	known["ARTIFACT_REPOSITORIES"] = property{shape: shapeNames}
	return known
}

// functionProperties are those of a Python function.
// https://docs.snowflake.com/en/sql-reference/sql/create-function
func functionProperties() properties {
	return properties{
		"RUNTIME_VERSION":              anything(),
		"COMMENT":                      text(),
		"HANDLER":                      text(),
		"IMPORTS":                      {shape: shapeTexts},
		"PACKAGES":                     {shape: shapeTexts},
		"ARTIFACT_REPOSITORY":          {shape: shapeName},
		"EXTERNAL_ACCESS_INTEGRATIONS": usage(shapeNames, kindIntegration, "USAGE"),
		"SECRETS":                      usage(shapeBindings, kindSecret, "READ"),
	}
}

// ruleProperties are those of a network rule.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
func ruleProperties() properties {
	return properties{
		"TYPE": words("IPV4", "IPV6", "AWSVPCEID", "AZURELINKID", "GCPPSCID", "HOST_PORT", "PRIVATE_HOST_PORT", "COMPUTE_POOL"),
		"MODE": words("INGRESS", "INTERNAL_STAGE", "EGRESS", "POSTGRES_INGRESS", "POSTGRES_EGRESS"), "VALUE_LIST": {shape: shapeTexts}, "COMMENT": text(),
	}
}

// secretProperties are those of every type of secret.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func secretProperties() properties {
	return properties{
		"TYPE":                            words("GENERIC_STRING", "PASSWORD", "OAUTH2", "CLOUD_PROVIDER_TOKEN", "SYMMETRIC_KEY", "WORKLOAD_IDENTITY_FEDERATION"),
		"SECRET_STRING":                   text(),
		"USERNAME":                        text(),
		"PASSWORD":                        text(),
		"API_AUTHENTICATION":              usage(shapeName, kindIntegration, "USAGE"),
		"OAUTH_SCOPES":                    {shape: shapeTexts},
		"OAUTH_REFRESH_TOKEN":             text(),
		"OAUTH_REFRESH_TOKEN_EXPIRY_TIME": text(),
		"ENABLED":                         boolean(),
		"ALGORITHM":                       words("GENERIC"),
		"COMMENT":                         text(),
	}
}

// accessProperties are those of an external access integration.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func accessProperties() properties {
	secrets := usage(shapeNames, kindSecret, "USAGE")
	secrets.words = []string{"ALL", "NONE"}
	integrations := usage(shapeNames, kindIntegration, "USAGE")
	integrations.words = []string{"NONE"}
	return properties{
		"ALLOWED_NETWORK_RULES":                   usage(shapeNames, kindRule),
		"ALLOWED_API_AUTHENTICATION_INTEGRATIONS": integrations,
		"ALLOWED_AUTHENTICATION_SECRETS":          secrets,
		"ENABLED":                                 boolean(),
		"COMMENT":                                 text(),
	}
}

// otherIntegrationProperties are the common ones of API and security integrations.
// https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-api-auth
func otherIntegrationProperties() properties {
	known := properties{
		"TYPE":                        words("API_AUTHENTICATION", "OAUTH", "EXTERNAL_OAUTH", "SAML2", "SCIM"),
		"AUTH_TYPE":                   words("OAUTH2", "AWS_IAM", "AZURE_AD"),
		"ENABLED":                     boolean(),
		"COMMENT":                     text(),
		"OAUTH_ALLOWED_SCOPES":        {shape: shapeTexts},
		"OAUTH_ACCESS_TOKEN_VALIDITY": number(), "OAUTH_REFRESH_TOKEN_VALIDITY": number(),
		"OAUTH_CLIENT_AUTH_METHOD":       words("CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST"),
		"OAUTH_GRANT":                    text(),
		"API_PROVIDER":                   anything(),
		"API_ALLOWED_PREFIXES":           {shape: shapeTexts},
		"API_BLOCKED_PREFIXES":           {shape: shapeTexts},
		"OAUTH_CLIENT":                   anything(),
		"ALLOWED_AUTHENTICATION_SECRETS": {shape: shapeNames, refers: kindSecret, words: []string{"ALL", "NONE"}},
	}
	for _, word := range []string{
		"OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_TOKEN_ENDPOINT", "OAUTH_AUTHORIZATION_ENDPOINT",
		"AWS_ROLE_ARN", "API_AWS_ROLE_ARN", "AZURE_TENANT_ID", "AZURE_AD_APPLICATION_ID", "OAUTH_REDIRECT_URI",
	} {
		known[word] = text()
	}
	return known
}

// plainProperties are those of the kinds that are made of properties alone.
func plainProperties(kind string) properties {
	switch kind {
	case kindDatabase, kindSchema:
		return properties{
			"COMMENT": text(), "DATA_RETENTION_TIME_IN_DAYS": number(), "MAX_DATA_EXTENSION_TIME_IN_DAYS": number(),
			"DEFAULT_DDL_COLLATION": text(), "LOG_LEVEL": anything(), "TRACE_LEVEL": anything(), "DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE": usage(shapeName, kindWarehouse),
		}
	case kindStage:
		return properties{
			"COMMENT": text(), "ENCRYPTION": {shape: shapeOptions}, "DIRECTORY": {shape: shapeOptions},
			"FILE_FORMAT": {shape: shapeOptions}, "COPY_OPTIONS": {shape: shapeOptions},
		}
	case kindWarehouse:
		return properties{
			"WAREHOUSE_SIZE": words("XSMALL", "X-SMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "X-LARGE", "XXLARGE", "X2LARGE", "2X-LARGE"),
			"WAREHOUSE_TYPE": words("STANDARD", "SNOWPARK-OPTIMIZED"), "AUTO_SUSPEND": number(), "AUTO_RESUME": boolean(),
			"INITIALLY_SUSPENDED": boolean(), "COMMENT": text(), "MIN_CLUSTER_COUNT": number(), "MAX_CLUSTER_COUNT": number(),
			"SCALING_POLICY": words("STANDARD", "ECONOMY"), "ENABLE_QUERY_ACCELERATION": boolean(),
			"STATEMENT_TIMEOUT_IN_SECONDS": number(),
		}
	case kindPool:
		return properties{
			"MIN_NODES": number(), "MAX_NODES": number(), "INSTANCE_FAMILY": anything(), "AUTO_RESUME": boolean(),
			"INITIALLY_SUSPENDED": boolean(), "AUTO_SUSPEND_SECS": number(), "COMMENT": text(),
		}
	default: // roles
		return properties{"COMMENT": text()}
	}
}

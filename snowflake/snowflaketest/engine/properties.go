package engine

// textProperty is a property that takes a text, as most do.
func textProperty() property { return property{shape: shapeText} }

// booleanProperty is a property that takes TRUE or FALSE.
func booleanProperty() property { return property{shape: shapeBool} }

// numberProperty is a property that takes a whole number.
func numberProperty() property { return property{shape: shapeNumber} }

// anyProperty is a property that takes a word, a number or a text.
func anyProperty() property { return property{shape: shapeAny} }

func wordProperty(list ...string) property { return property{shape: shapeWord, words: list} }

func nameProperty(shape shape, kind string, needs ...string) property {
	return property{shape: shape, refers: kind, needs: needs}
}

// streamlitProperties are those of an app.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
// ARTIFACT_REPOSITORIES is on the page about packages:
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func streamlitProperties(legacy bool) properties {
	known := properties{
		"MAIN_FILE":                    textProperty(),
		"QUERY_WAREHOUSE":              nameProperty(shapeName, kindWarehouse, "USAGE"),
		"COMMENT":                      textProperty(),
		"TITLE":                        textProperty(),
		"IMPORTS":                      {shape: shapeTexts},
		"EXTERNAL_ACCESS_INTEGRATIONS": nameProperty(shapeNames, kindIntegration, "USAGE"),
	}
	if legacy {
		known["ROOT_LOCATION"] = textProperty()
		return known
	}
	known["RUNTIME_NAME"] = textProperty()
	known["COMPUTE_POOL"] = nameProperty(shapeName, kindPool, "USAGE")
	known["SECRETS"] = nameProperty(shapeBindings, kindSecret, "USAGE", "READ")
	known["ARTIFACT_REPOSITORIES"] = property{shape: shapeNames}
	return known
}

// functionProperties are those of a Python function.
// https://docs.snowflake.com/en/sql-reference/sql/create-function
func functionProperties() properties {
	return properties{
		"RUNTIME_VERSION":              anyProperty(),
		"COMMENT":                      textProperty(),
		"HANDLER":                      textProperty(),
		"IMPORTS":                      {shape: shapeTexts},
		"PACKAGES":                     {shape: shapeTexts},
		"ARTIFACT_REPOSITORY":          {shape: shapeName},
		"EXTERNAL_ACCESS_INTEGRATIONS": nameProperty(shapeNames, kindIntegration, "USAGE"),
		"SECRETS":                      nameProperty(shapeBindings, kindSecret, "READ"),
	}
}

// ruleProperties are those of a network rule.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
func ruleProperties() properties {
	return properties{
		"TYPE": wordProperty("IPV4", "IPV6", "AWSVPCEID", "AZURELINKID", "GCPPSCID", "HOST_PORT", "PRIVATE_HOST_PORT", "COMPUTE_POOL"),
		"MODE": wordProperty("INGRESS", "INTERNAL_STAGE", "EGRESS", "POSTGRES_INGRESS", "POSTGRES_EGRESS"), "VALUE_LIST": {shape: shapeTexts}, "COMMENT": textProperty(),
	}
}

// secretProperties are those of every type of secret.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func secretProperties() properties {
	return properties{
		"TYPE":                            wordProperty("GENERIC_STRING", "PASSWORD", "OAUTH2", "CLOUD_PROVIDER_TOKEN", "SYMMETRIC_KEY", "WORKLOAD_IDENTITY_FEDERATION"),
		"SECRET_STRING":                   textProperty(),
		"USERNAME":                        textProperty(),
		"PASSWORD":                        textProperty(),
		"API_AUTHENTICATION":              nameProperty(shapeName, kindIntegration, "USAGE"),
		"OAUTH_SCOPES":                    {shape: shapeTexts},
		"OAUTH_REFRESH_TOKEN":             textProperty(),
		"OAUTH_REFRESH_TOKEN_EXPIRY_TIME": textProperty(),
		"ENABLED":                         booleanProperty(),
		"ALGORITHM":                       wordProperty("GENERIC"),
		"COMMENT":                         textProperty(),
	}
}

// accessProperties are those of an external access integration.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func accessProperties() properties {
	secrets := nameProperty(shapeNames, kindSecret, "USAGE")
	secrets.words = []string{"ALL", "NONE"}
	integrations := nameProperty(shapeNames, kindIntegration, "USAGE")
	integrations.words = []string{"NONE"}
	return properties{
		"ALLOWED_NETWORK_RULES":                   nameProperty(shapeNames, kindRule),
		"ALLOWED_API_AUTHENTICATION_INTEGRATIONS": integrations,
		"ALLOWED_AUTHENTICATION_SECRETS":          secrets,
		"ENABLED":                                 booleanProperty(),
		"COMMENT":                                 textProperty(),
	}
}

// otherIntegrationProperties are the common ones of API and security integrations.
// https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-api-auth
func otherIntegrationProperties() properties {
	known := properties{
		"TYPE":                        wordProperty("API_AUTHENTICATION", "OAUTH", "EXTERNAL_OAUTH", "SAML2", "SCIM"),
		"AUTH_TYPE":                   wordProperty("OAUTH2", "AWS_IAM", "AZURE_AD"),
		"ENABLED":                     booleanProperty(),
		"COMMENT":                     textProperty(),
		"OAUTH_ALLOWED_SCOPES":        {shape: shapeTexts},
		"OAUTH_ACCESS_TOKEN_VALIDITY": numberProperty(), "OAUTH_REFRESH_TOKEN_VALIDITY": numberProperty(),
		"OAUTH_CLIENT_AUTH_METHOD":       wordProperty("CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST"),
		"OAUTH_GRANT":                    textProperty(),
		"API_PROVIDER":                   anyProperty(),
		"API_ALLOWED_PREFIXES":           {shape: shapeTexts},
		"API_BLOCKED_PREFIXES":           {shape: shapeTexts},
		"OAUTH_CLIENT":                   anyProperty(),
		"ALLOWED_AUTHENTICATION_SECRETS": {shape: shapeNames, refers: kindSecret, words: []string{"ALL", "NONE"}},
	}
	for _, word := range []string{
		"OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_TOKEN_ENDPOINT", "OAUTH_AUTHORIZATION_ENDPOINT",
		"AWS_ROLE_ARN", "API_AWS_ROLE_ARN", "AZURE_TENANT_ID", "AZURE_AD_APPLICATION_ID", "OAUTH_REDIRECT_URI",
	} {
		known[word] = textProperty()
	}
	return known
}

// plainProperties are those of the kinds that are made of properties alone.
func plainProperties(kind string) properties {
	switch kind {
	case kindDatabase, kindSchema:
		return properties{
			"COMMENT": textProperty(), "DATA_RETENTION_TIME_IN_DAYS": numberProperty(), "MAX_DATA_EXTENSION_TIME_IN_DAYS": numberProperty(),
			"DEFAULT_DDL_COLLATION": textProperty(), "LOG_LEVEL": anyProperty(), "TRACE_LEVEL": anyProperty(), "DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE": nameProperty(shapeName, kindWarehouse),
		}
	case kindStage:
		return properties{
			"COMMENT": textProperty(), "ENCRYPTION": {shape: shapeOptions}, "DIRECTORY": {shape: shapeOptions},
			"FILE_FORMAT": {shape: shapeOptions}, "COPY_OPTIONS": {shape: shapeOptions},
		}
	case kindWarehouse:
		return properties{
			"WAREHOUSE_SIZE": wordProperty("XSMALL", "X-SMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "X-LARGE", "XXLARGE", "X2LARGE", "2X-LARGE"),
			"WAREHOUSE_TYPE": wordProperty("STANDARD", "SNOWPARK-OPTIMIZED"), "AUTO_SUSPEND": numberProperty(), "AUTO_RESUME": booleanProperty(),
			"INITIALLY_SUSPENDED": booleanProperty(), "COMMENT": textProperty(), "MIN_CLUSTER_COUNT": numberProperty(), "MAX_CLUSTER_COUNT": numberProperty(),
			"SCALING_POLICY": wordProperty("STANDARD", "ECONOMY"), "ENABLE_QUERY_ACCELERATION": booleanProperty(),
			"STATEMENT_TIMEOUT_IN_SECONDS": numberProperty(),
		}
	case kindPool:
		return properties{
			"MIN_NODES": numberProperty(), "MAX_NODES": numberProperty(), "INSTANCE_FAMILY": anyProperty(), "AUTO_RESUME": booleanProperty(),
			"INITIALLY_SUSPENDED": booleanProperty(), "AUTO_SUSPEND_SECS": numberProperty(), "COMMENT": textProperty(),
		}
	default: // roles
		return properties{"COMMENT": textProperty()}
	}
}

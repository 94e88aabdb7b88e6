package grammar

// TextProperty returns a property with a text value.
func TextProperty() Property { return Property{Shape: ShapeText} }

// BooleanProperty returns a property with the value TRUE or FALSE.
func BooleanProperty() Property { return Property{Shape: ShapeBool} }

// NumberProperty returns a property with an integer value.
func NumberProperty() Property { return Property{Shape: ShapeNumber} }

// AnyProperty returns a property whose value is a word, a number or a text.
func AnyProperty() Property { return Property{Shape: ShapeAny} }

func wordProperty(list ...string) Property { return Property{Shape: ShapeWord, words: list} }

func nameProperty(shape Shape, kind string, needs ...string) Property {
	return Property{Shape: shape, Refers: kind, Needs: needs}
}

// StreamlitProperties returns the properties of an app.
// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit
//
// ARTIFACT_REPOSITORIES is on the page about packages:
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
func StreamlitProperties(legacy bool) Properties {
	known := Properties{
		"MAIN_FILE":                    TextProperty(),
		"QUERY_WAREHOUSE":              nameProperty(ShapeName, KindWarehouse, "USAGE"),
		"COMMENT":                      TextProperty(),
		"TITLE":                        TextProperty(),
		"IMPORTS":                      {Shape: ShapeTexts},
		"EXTERNAL_ACCESS_INTEGRATIONS": nameProperty(ShapeNames, KindIntegration, "USAGE"),
	}
	if legacy {
		known["ROOT_LOCATION"] = TextProperty()
		return known
	}
	known["RUNTIME_NAME"] = TextProperty()
	known["COMPUTE_POOL"] = nameProperty(ShapeName, KindPool, "USAGE")
	known["SECRETS"] = nameProperty(ShapeBindings, KindSecret, "USAGE", "READ")
	known["ARTIFACT_REPOSITORIES"] = Property{Shape: ShapeNames}
	return known
}

// FunctionProperties returns the properties of a Python function.
// https://docs.snowflake.com/en/sql-reference/sql/create-function
func FunctionProperties() Properties {
	return Properties{
		"RUNTIME_VERSION":              AnyProperty(),
		"COMMENT":                      TextProperty(),
		"HANDLER":                      TextProperty(),
		"IMPORTS":                      {Shape: ShapeTexts},
		"PACKAGES":                     {Shape: ShapeTexts},
		"ARTIFACT_REPOSITORY":          {Shape: ShapeName},
		"EXTERNAL_ACCESS_INTEGRATIONS": nameProperty(ShapeNames, KindIntegration, "USAGE"),
		"SECRETS":                      nameProperty(ShapeBindings, KindSecret, "READ"),
	}
}

// RuleProperties returns the properties of a network rule.
// https://docs.snowflake.com/en/sql-reference/sql/create-network-rule
func RuleProperties() Properties {
	return Properties{
		"TYPE": wordProperty("IPV4", "IPV6", "AWSVPCEID", "AZURELINKID", "GCPPSCID", "HOST_PORT", "PRIVATE_HOST_PORT", "COMPUTE_POOL"),
		"MODE": wordProperty("INGRESS", "INTERNAL_STAGE", "EGRESS", "POSTGRES_INGRESS", "POSTGRES_EGRESS"), "VALUE_LIST": {Shape: ShapeTexts}, "COMMENT": TextProperty(),
	}
}

// SecretProperties returns the properties of all types of secrets.
// https://docs.snowflake.com/en/sql-reference/sql/create-secret
func SecretProperties() Properties {
	return Properties{
		"TYPE":                            wordProperty("GENERIC_STRING", "PASSWORD", "OAUTH2", "CLOUD_PROVIDER_TOKEN", "SYMMETRIC_KEY", "WORKLOAD_IDENTITY_FEDERATION"),
		"SECRET_STRING":                   TextProperty(),
		"USERNAME":                        TextProperty(),
		"PASSWORD":                        TextProperty(),
		"API_AUTHENTICATION":              nameProperty(ShapeName, KindIntegration, "USAGE"),
		"OAUTH_SCOPES":                    {Shape: ShapeTexts},
		"OAUTH_REFRESH_TOKEN":             TextProperty(),
		"OAUTH_REFRESH_TOKEN_EXPIRY_TIME": TextProperty(),
		"ENABLED":                         BooleanProperty(),
		"ALGORITHM":                       wordProperty("GENERIC"),
		"COMMENT":                         TextProperty(),
	}
}

// AccessProperties returns the properties of an external access integration.
// https://docs.snowflake.com/en/sql-reference/sql/create-external-access-integration
func AccessProperties() Properties {
	secrets := nameProperty(ShapeNames, KindSecret, "USAGE")
	secrets.words = []string{"ALL", "NONE"}
	integrations := nameProperty(ShapeNames, KindIntegration, "USAGE")
	integrations.words = []string{"NONE"}
	return Properties{
		"ALLOWED_NETWORK_RULES":                   nameProperty(ShapeNames, KindRule),
		"ALLOWED_API_AUTHENTICATION_INTEGRATIONS": integrations,
		"ALLOWED_AUTHENTICATION_SECRETS":          secrets,
		"ENABLED":                                 BooleanProperty(),
		"COMMENT":                                 TextProperty(),
	}
}

// OtherIntegrationProperties returns the common properties of API and security integrations.
// https://docs.snowflake.com/en/sql-reference/sql/create-security-integration-api-auth
func OtherIntegrationProperties() Properties {
	known := Properties{
		"TYPE":                        wordProperty("API_AUTHENTICATION", "OAUTH", "EXTERNAL_OAUTH", "SAML2", "SCIM"),
		"AUTH_TYPE":                   wordProperty("OAUTH2", "AWS_IAM", "AZURE_AD"),
		"ENABLED":                     BooleanProperty(),
		"COMMENT":                     TextProperty(),
		"OAUTH_ALLOWED_SCOPES":        {Shape: ShapeTexts},
		"OAUTH_ACCESS_TOKEN_VALIDITY": NumberProperty(), "OAUTH_REFRESH_TOKEN_VALIDITY": NumberProperty(),
		"OAUTH_CLIENT_AUTH_METHOD":       wordProperty("CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST"),
		"OAUTH_GRANT":                    TextProperty(),
		"API_PROVIDER":                   AnyProperty(),
		"API_ALLOWED_PREFIXES":           {Shape: ShapeTexts},
		"API_BLOCKED_PREFIXES":           {Shape: ShapeTexts},
		"OAUTH_CLIENT":                   AnyProperty(),
		"ALLOWED_AUTHENTICATION_SECRETS": {Shape: ShapeNames, Refers: KindSecret, words: []string{"ALL", "NONE"}},
	}
	for _, word := range []string{
		"OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_TOKEN_ENDPOINT", "OAUTH_AUTHORIZATION_ENDPOINT",
		"AWS_ROLE_ARN", "API_AWS_ROLE_ARN", "AZURE_TENANT_ID", "AZURE_AD_APPLICATION_ID", "OAUTH_REDIRECT_URI",
	} {
		known[word] = TextProperty()
	}
	return known
}

// PlainProperties returns the properties of a kind whose CREATE consists of properties only.
func PlainProperties(kind string) Properties {
	switch kind {
	case KindDatabase, KindSchema:
		return Properties{
			"COMMENT": TextProperty(), "DATA_RETENTION_TIME_IN_DAYS": NumberProperty(), "MAX_DATA_EXTENSION_TIME_IN_DAYS": NumberProperty(),
			"DEFAULT_DDL_COLLATION": TextProperty(), "LOG_LEVEL": AnyProperty(), "TRACE_LEVEL": AnyProperty(), "DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE": nameProperty(ShapeName, KindWarehouse),
		}
	case KindStage:
		return Properties{
			"COMMENT": TextProperty(), "ENCRYPTION": {Shape: ShapeOptions}, "DIRECTORY": {Shape: ShapeOptions},
			"FILE_FORMAT": {Shape: ShapeOptions}, "COPY_OPTIONS": {Shape: ShapeOptions},
		}
	case KindWarehouse:
		return Properties{
			"WAREHOUSE_SIZE": wordProperty("XSMALL", "X-SMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "X-LARGE", "XXLARGE", "X2LARGE", "2X-LARGE"),
			"WAREHOUSE_TYPE": wordProperty("STANDARD", "SNOWPARK-OPTIMIZED"), "AUTO_SUSPEND": NumberProperty(), "AUTO_RESUME": BooleanProperty(),
			"INITIALLY_SUSPENDED": BooleanProperty(), "COMMENT": TextProperty(), "MIN_CLUSTER_COUNT": NumberProperty(), "MAX_CLUSTER_COUNT": NumberProperty(),
			"SCALING_POLICY": wordProperty("STANDARD", "ECONOMY"), "ENABLE_QUERY_ACCELERATION": BooleanProperty(),
			"STATEMENT_TIMEOUT_IN_SECONDS": NumberProperty(),
		}
	case KindPool:
		return Properties{
			"MIN_NODES": NumberProperty(), "MAX_NODES": NumberProperty(), "INSTANCE_FAMILY": AnyProperty(), "AUTO_RESUME": BooleanProperty(),
			"INITIALLY_SUSPENDED": BooleanProperty(), "AUTO_SUSPEND_SECS": NumberProperty(), "COMMENT": TextProperty(),
		}
	default: // roles
		return Properties{"COMMENT": TextProperty()}
	}
}

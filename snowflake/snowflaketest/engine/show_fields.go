package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sleet/snowflake/snowflaketest/grammar"
)

// yes returns Y or N.
func yes(b bool) any {
	if b {
		return "Y"
	}
	return "N"
}

// truth returns true or false as text.
func truth(b bool) string { return strconv.FormatBool(b) }

// showFields returns the columns of SHOW, from the page of each kind:
// https://docs.snowflake.com/en/sql-reference/sql/show
func showFields(kind string) []field {
	switch kind {
	case grammar.KindRole:
		return showRoles()
	case grammar.KindDatabaseRole:
		return append(stamp(), nameField(), propField("is_default", "-"), propField("is_current", "-"), ownerField(), commentField(), ownerType())
	case grammar.KindUser:
		return append([]field{nameField()}, append(stamp(), propField("login_name", "LOGIN_NAME"), commentField(), propField("default_role", "DEFAULT_ROLE"), propField("default_warehouse", "DEFAULT_WAREHOUSE"), ownerField())...)
	case grammar.KindDatabase:
		return showDatabases()
	case grammar.KindSchema:
		return showSchemas()
	case grammar.KindStage:
		return slices.Concat(stamp(), placed(), []field{
			fixedText("url", ""), fixedText("has_credentials", "N"),
			textField("has_encryption_key", func(*Session, *object) any { return "N" }), ownerField(), commentField(), fixedText("region", nil), fixedText("type", "INTERNAL"),
			fixedText("cloud", nil), fixedText("notification_channel", nil), fixedText("storage_integration", nil), fixedText("endpoint", nil), ownerType(), directoryField(),
		})
	case grammar.KindSecret:
		return slices.Concat(stamp(), []field{
			nameField(),
			textField("schema_name", func(_ *Session, o *object) any { return o.parts[1] }),
			textField("database_name", func(_ *Session, o *object) any { return o.parts[0] }),
			ownerField(), textField("comment", func(_ *Session, o *object) any { return orNull(o.comment) }),
			textField("secret_type", secretType), textField("oauth_scopes", scopes), ownerType(),
		})
	case grammar.KindRule:
		return slices.Concat(stamp(), placed(), []field{
			ownerField(), commentField(), propField("type", "TYPE"), propField("mode", "MODE"),
			{"entries_in_valuelist", "fixed", func(_ *Session, o *object) any { return int64(len(o.props["VALUE_LIST"].list)) }},
			ownerType(),
		})
	case grammar.KindIntegration:
		return append([]field{
			nameField(), textField("type", integrationType),
			textField("category", func(_ *Session, o *object) any { return integrationCategory(o) }), propField("enabled", "ENABLED"),
			textField("comment", func(_ *Session, o *object) any { return orNull(o.comment) }),
		}, stamp()...)
	case grammar.KindStreamlit:
		return slices.Concat(stamp(), placed(), []field{
			titleField(), appComment(), ownerField(), textField("query_warehouse", warehouseOf), propField("url_id", "URL_ID"), ownerType(),
			fixedText("idle_auto_shutdown_time_seconds", nil), fixedText("scheduled_tasks", nil), textField(repositoriesColumn, repositories),
		})
	case grammar.KindWarehouse:
		return showWarehouses()
	case grammar.KindPool:
		return showPools()
	default:
		return showFunctions()
	}
}

// terse returns the columns of SHOW TERSE.
func terse(kind string) []field {
	fields := append(stamp(), nameField(), fixedText("kind", strings.ToUpper(kind)),
		textField("database_name", func(_ *Session, o *object) any { return o.parts[0] }),
		textField("schema_name", func(_ *Session, o *object) any { return o.parts.Part(1) }))
	if kind == grammar.KindStreamlit {
		return append(fields, propField("title", "TITLE"), propField("url_id", "URL_ID"))
	}
	return fields
}

func directoryField() field {
	return textField("directory_enabled", func(_ *Session, o *object) any {
		return yes(strings.Contains(o.props["DIRECTORY"].text, "ENABLE=TRUE"))
	})
}

func integrationType(_ *Session, o *object) any {
	switch auth := o.props["AUTH_TYPE"].text; {
	case auth != "":
		return "API_AUTHENTICATION"
	default:
		return o.props["TYPE"].text
	}
}

// secretType returns a secret's type as it is shown.
func secretType(_ *Session, o *object) any { return o.props["TYPE"].text }

// scopes returns the scopes of the secret itself. The integration's scopes are not shown.
func scopes(_ *Session, o *object) any {
	v, ok := o.props["OAUTH_SCOPES"]
	switch {
	case !ok:
		return nil
	case len(v.list) == 0:
		return ""
	default:
		return "[" + strings.Join(v.list, ", ") + "]"
	}
}

// repositoriesColumn is a column of SHOW STREAMLITS that not every account has.
const repositoriesColumn = "artifact_repositories"

func repositories(_ *Session, o *object) any {
	return "[" + strings.Join(o.props["ARTIFACT_REPOSITORIES"].list, ", ") + "]"
}

// warehouseOf returns the stored name of an app's warehouse.
func warehouseOf(s *Session, o *object) any {
	full := o.props["QUERY_WAREHOUSE"].text
	if full == "" {
		return nil
	}
	w := s.e.lookup(grammar.KindWarehouse, full)
	switch {
	case w == nil:
		return full
	case s.e.is(WarehouseUpper):
		return strings.ToUpper(w.parts[0])
	default:
		return w.parts[0]
	}
}

func showRoles() []field {
	count := func(name string, of func(*Session, *object) int) field {
		return field{name, "fixed", func(s *Session, o *object) any { return int64(of(s, o)) }}
	}
	granted := func(kind string) func(*Session, *object) int {
		return func(s *Session, o *object) int {
			n := 0
			for _, m := range s.e.members[o.key()] {
				if kindOf(m.to) == kind {
					n++
				}
			}
			return n
		}
	}
	return append(stamp(), nameField(),
		textField("is_default", func(s *Session, o *object) any {
			user := s.e.get(grammar.KindUser, s.user)
			return yes(user != nil && user.props["DEFAULT_ROLE"].text == o.short())
		}),
		textField("is_current", func(s *Session, o *object) any { return yes(o.short() == s.role) }),
		textField("is_inherited", func(s *Session, o *object) any { return yes(o.short() != s.role && s.roles()[o.key()]) }),
		count("assigned_to_users", granted(grammar.KindUser)), count("granted_to_roles", granted(grammar.KindRole)),
		count("granted_roles", func(s *Session, o *object) int {
			n := 0
			for _, list := range s.e.members {
				if slices.ContainsFunc(list, func(m member) bool { return m.to == o.key() }) {
					n++
				}
			}
			return n
		}),
		ownerField(), commentField(), fixedText("is_from_organization_user_group", "N"))
}

func showDatabases() []field {
	return append(stamp(), nameField(), fixedText("is_default", "N"),
		textField("is_current", func(s *Session, o *object) any { return yes(o.short() == s.database) }),
		fixedText("origin", ""), ownerField(), commentField(), fixedText("options", ""), fixedText("retention_time", "1"),
		textField("kind", func(_ *Session, o *object) any {
			if o.short() == "SNOWFLAKE" {
				return "APPLICATION"
			}
			return "STANDARD"
		}), ownerType(), fixedText("object_visibility", nil), fixedText("data_quality_monitoring_settings", nil), fixedText("resharing_settings", nil))
}

func showSchemas() []field {
	return append(stamp(),
		textField("name", func(_ *Session, o *object) any { return o.parts[1] }), fixedText("is_default", "N"),
		textField("is_current", func(s *Session, o *object) any { return yes(o.parts[0] == s.database && o.parts[1] == s.schema) }),
		textField("database_name", func(_ *Session, o *object) any { return o.parts[0] }), ownerField(), commentField(),
		textField("options", func(_ *Session, o *object) any {
			if o.props["MANAGED ACCESS"].text == "true" {
				return "MANAGED ACCESS"
			}
			return ""
		}), fixedText("retention_time", "1"), ownerType(), fixedText("classification_profile_database", nil), fixedText("classification_profile_schema", nil),
		fixedText("classification_profile", nil), fixedText("object_visibility", nil), fixedText("is_nested", "false"))
}

func showWarehouses() []field {
	size := textField("size", func(_ *Session, o *object) any {
		if v := o.props["WAREHOUSE_SIZE"].text; v != "" {
			return v
		}
		return "X-Small"
	})
	zero := func(name string) field { return field{name, "fixed", func(*Session, *object) any { return int64(0) }} }
	return slices.Concat([]field{
		nameField(), fixedText("state", "STARTED"), fixedText("type", "STANDARD"), size,
		zero("min_cluster_count"), zero("max_cluster_count"), zero("started_clusters"), zero("running"), zero("queued"),
		fixedText("is_default", "N"), textField("is_current", func(s *Session, o *object) any { return yes(o.short() == s.warehouse) }),
		{"auto_suspend", "fixed", func(*Session, *object) any { return int64(600) }},
		fixedText("auto_resume", "true"),
		fixedText("available", "100"), fixedText("provisioning", "0"), fixedText("quiescing", "0"), fixedText("other", "0"),
	}, stamp(), []field{
		{"resumed_on", "timestamp_ltz", func(_ *Session, o *object) any { return stampText(o.created) }},
		{"updated_on", "timestamp_ltz", func(_ *Session, o *object) any { return stampText(o.created) }},
		ownerField(), commentField(), fixedText("enable_query_acceleration", "false"), zero("query_acceleration_max_scale_factor"),
		fixedText("resource_monitor", "null"), zero("actives"), zero("pendings"), zero("failed"), zero("suspended"), fixedText("uuid", "0"),
		fixedText("scaling_policy", "STANDARD"), ownerType(), fixedText("resource_constraint", "STANDARD_GEN_2"), fixedText("generation", "2"),
		fixedText("query_throughput_multiplier", nil), fixedText("max_query_performance_level", nil), fixedText("disabled_reasons", nil), fixedText("tables", nil),
	})
}

func showPools() []field {
	whole := func(name, prop string) field {
		return field{name, "fixed", func(_ *Session, o *object) any {
			n := int64(0)
			_, _ = fmt.Sscan(o.props[prop].text, &n)
			return n
		}}
	}
	return slices.Concat([]field{
		nameField(), fixedText("state", "IDLE"), whole("min_nodes", "MIN_NODES"), whole("max_nodes", "MAX_NODES"), propField("instance_family", "INSTANCE_FAMILY"),
		whole("num_services", "-"), whole("num_jobs", "-"), whole("auto_suspend_secs", "AUTO_SUSPEND_SECS"), propField("auto_resume", "AUTO_RESUME"),
		whole("active_nodes", "-"), whole("idle_nodes", "-"), whole("target_nodes", "-"),
	}, stamp(), []field{
		{"resumed_on", "timestamp_ltz", func(_ *Session, o *object) any { return stampText(o.created) }},
		{"updated_on", "timestamp_ltz", func(_ *Session, o *object) any { return stampText(o.created) }},
		ownerField(), textField("comment", func(_ *Session, o *object) any { return orNull(o.comment) }), fixedText("is_exclusive", "false"), fixedText("application", nil), fixedText("backup_instance_families", "[]"),
	})
}

func showFunctions() []field {
	count := func(name string) field {
		return field{name, "fixed", func(_ *Session, o *object) any { return int64(len(o.function.Arguments)) }}
	}
	return append(stamp(), nameField(),
		textField("schema_name", func(_ *Session, o *object) any { return o.parts[1] }),
		fixedText("is_builtin", "N"), fixedText("is_aggregate", "N"), fixedText("is_ansi", "N"),
		count("min_num_arguments"), count("max_num_arguments"),
		textField("arguments", func(_ *Session, o *object) any { return o.short() + " RETURN " + o.function.Returns }),
		textField("description", func(_ *Session, o *object) any {
			if o.comment == "" {
				return "user-defined function"
			}
			return o.comment
		}),
		textField("catalog_name", func(_ *Session, o *object) any { return o.parts[0] }),
		fixedText("is_table_function", "N"), fixedText("valid_for_clustering", "N"),
		textField("is_secure", func(_ *Session, o *object) any { return yes(o.function.Secure) }),
		textField("secrets", functionSecrets),
		textField("external_access_integrations", func(_ *Session, o *object) any { return listText(o.props["EXTERNAL_ACCESS_INTEGRATIONS"]) }),
		fixedText("is_external_function", "N"), textField("language", func(_ *Session, o *object) any { return o.function.Language }),
		fixedText("is_memoizable", "N"), fixedText("is_data_metric", "N"))
}

// functionSecrets returns the secrets of a function as accounts show them.
func functionSecrets(s *Session, o *object) any {
	if !s.e.is(FunctionLists) {
		return bindingsText(o)
	}
	m := map[string]string{}
	for _, b := range o.props["SECRETS"].binds {
		m[b.key] = b.secret
		if secret := s.e.lookup(grammar.KindSecret, b.secret); secret != nil {
			m[b.key] = alwaysQuoted(secret.parts[0]) + "." + alwaysQuoted(secret.parts[1]) + "." + grammar.QuoteName(secret.parts[2])
		}
	}
	if len(m) == 0 {
		return nil
	}
	return asJSON(m)
}

func alwaysQuoted(stored string) string {
	return `"` + strings.ReplaceAll(stored, `"`, `""`) + `"`
}

// bindingsText returns SECRETS as JSON: {"key":"DB.SCHEMA.SECRET"}.
func bindingsText(o *object) any {
	binds := o.props["SECRETS"].binds
	if len(binds) == 0 {
		return nil
	}
	m := map[string]string{}
	for _, b := range binds {
		m[b.key] = b.secret
	}
	text, _ := json.Marshal(m) //nolint:errchkjson // A map of strings.
	return string(text)
}

// listText returns a list as JSON: ["A","B"].
func listText(v value) any {
	if len(v.list) == 0 {
		return nil
	}
	text, _ := json.Marshal(v.list) //nolint:errchkjson // A list of strings.
	return string(text)
}

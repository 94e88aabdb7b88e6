package snowflaketest

import "time"

// serverVersion is the version that the account reports.
const serverVersion = "10.40.0"

// parameters returns the parameters that clients read at login.
func parameters() []map[string]any {
	zone := time.UTC.String()
	values := []struct {
		name  string
		value any
	}{
		{"TIMEZONE", zone},
		{"CLIENT_SESSION_KEEP_ALIVE", false},
		{"CLIENT_RESULT_CHUNK_SIZE", 160},
		{"CLIENT_PREFETCH_THREADS", 4},
		{"CLIENT_TELEMETRY_ENABLED", false},
		{"QUERY_RESULT_FORMAT", "JSON"},
		{"GO_QUERY_RESULT_FORMAT", "JSON"},
		{"PYTHON_CONNECTOR_QUERY_RESULT_FORMAT", "JSON"},
		{"AUTOCOMMIT", true},
		{"DATE_OUTPUT_FORMAT", "YYYY-MM-DD"},
		{"TIME_OUTPUT_FORMAT", "HH24:MI:SS"},
		{"TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM"},
		{"TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3"},
		{"TIMESTAMP_LTZ_OUTPUT_FORMAT", ""},
		{"TIMESTAMP_TZ_OUTPUT_FORMAT", ""},
		{"BINARY_OUTPUT_FORMAT", "HEX"},
		{"SERVICE_NAME", ""},
		{"ENABLE_STAGE_S3_PRIVATELINK_FOR_US_EAST_1", false},
	}
	list := make([]map[string]any, 0, len(values))
	for _, v := range values {
		list = append(list, map[string]any{"name": v.name, "value": v.value})
	}
	return list
}

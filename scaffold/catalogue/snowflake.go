package catalogue

// The sections of these options.
const (
	mapbox = "mapbox"
	sleep  = "snowflake.sleep"
)

// extra is an option that the pinned Streamlit does not declare, with its section.
type extra struct {
	section string
	option  Option
}

// snowflakeOptions returns the options that Snowflake reads but the pinned Streamlit does not declare.
func snowflakeOptions() []extra {
	return []extra{
		{
			// Older versions of Streamlit, which a container may run, still declare it.
			// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/secrets-and-configuration
			section: mapbox,
			option: Option{
				Key: "mapbox.token", Section: mapbox, Name: "token", Env: "STREAMLIT_MAPBOX_TOKEN", Type: String,
				Default: "", Sensitive: true, Deprecated: true,
			},
		},
		{
			// https://docs.snowflake.com/en/developer-guide/streamlit/features/sleep-timer
			section: sleep,
			option: Option{
				Key: "snowflake.sleep.streamlitSleepTimeoutMinutes", Section: sleep,
				Name: "streamlitSleepTimeoutMinutes", Type: Integer, Default: int64(15), Limits: Limits{Min: 5, Max: 240},
			},
		},
	}
}

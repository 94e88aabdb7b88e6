package check

// folderRules are the rules about packages, configuration, SQL and project files.
func folderRules() []Rule {
	return []Rule{
		{
			ID: "SL201", Title: "package file that the runtime does not read",
			Breaks:   "a container reads pyproject.toml or requirements.txt, a warehouse environment.yml; packages in another file, or in one that uv refuses, are not installed",
			Runtimes: everywhere(), Severity: Warning, Automatic: true,
			Fix:  "keep the one file that the runtime reads",
			Page: pagePackages, check: wrongManifest,
		},
		{
			ID: "SL202", Title: "package that the runtime cannot install as written",
			Breaks:   "the app does not start, or starts with another version than you meant",
			Runtimes: everywhere(), Severity: Warning, Automatic: true,
			Fix:  "name the package as the runtime's index does, and a version that the runtime takes",
			Page: pagePackages, check: wrongPackage,
		},
		{
			ID: "SL301", Title: "configuration that the runtime ignores",
			Breaks:   "the option has no effect",
			Runtimes: everywhere(), Severity: Warning, Automatic: true,
			Fix:  "remove the option",
			Page: pageSecrets, check: ignoredConfig,
		},
		{
			ID: "SL302", Title: "secrets.toml in the wrong place",
			Breaks:   "a warehouse app does not read it, and a credential in it is plain text on a stage",
			Runtimes: everywhere(), Severity: Warning,
			Fix:  "store a credential as a SECRET, and keep only values that everyone may read",
			Page: pageSecrets, check: secretsFile,
		},
		{
			ID: "SL303", Title: "secret that nothing provides, or that nothing reads",
			Breaks:   "st.secrets raises an error for a key that nothing provides; a bound secret that nothing reads is an unneeded right",
			Runtimes: everywhere(), Severity: Warning,
			Fix:  "bind the secret under this key, or remove the binding",
			Page: pageSecrets, check: looseSecrets,
		},
		{
			ID: "SL401", Title: "SQL that makes the app in an old or incomplete way",
			Breaks:   "the app cannot move to a container, runs in a runtime nobody chose, or opens for its owner only",
			Runtimes: everywhere(), Severity: Warning,
			Fix:  "create the app with FROM and RUNTIME_NAME, then ADD LIVE VERSION FROM LAST",
			Page: pageObjects, check: oldSQL,
		},
		{
			ID: "SL402", Title: "snowflake.yml that misses something",
			Breaks:   "the Snowflake CLI cannot deploy a container app from it, or leaves files out",
			Runtimes: everywhere(), Severity: Warning, Automatic: true,
			Fix:  "write definition_version 2 and list every file of the app in artifacts",
			Page: pageProject, check: projectFile,
		},
		{
			ID: "SL501", Title: "invalid answers in sleet.toml",
			Breaks:   "sleet new and sleet apply stop at an error; at a warning they may do something else than you meant",
			Runtimes: everywhere(), Severity: Warning,
			Fix:  "change the answer",
			Page: pageSecrets, check: wrongAnswers,
		},
	}
}

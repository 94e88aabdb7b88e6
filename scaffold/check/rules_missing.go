package check

// missingRules are the rules about files: those that are not there, and those that should not be.
func missingRules() []Rule {
	return []Rule{
		{
			ID: "SL117", Title: "module, page or file that is not there",
			Breaks:   "the app stops with ModuleNotFoundError or at the page: only what is in its folder and what its package file lists is there",
			Runtimes: everywhere(), Severity: Error,
			Fix:  "add the file to the app's folder, or the package to the package file",
			Page: pagePackages, check: missingModules,
		},
		{
			ID: "SL118", Title: "private key in the app's folder",
			Breaks:   "the files of an app are uploaded to a stage, and everyone who can read the stage can read them",
			Runtimes: everywhere(), Severity: Error,
			Fix:  "move the file out of the folder and store the key as a SECRET; replace the key if others could see the file",
			Page: pageSecrets, check: privateKeys,
		},
	}
}

// missingMessages are said by these rules.
func missingMessages() []sentence {
	return []sentence{
		{"SL117.what.module", "no file of the app is the module {module}"},
		{"SL117.fix.module", "add the module {module} to the app's folder, or a package that has it to the package file"},
		{"SL117.what.outside", "{module} is {path}, which is outside the app's folder and is not uploaded"},
		{"SL117.fix.outside", "move or copy the module into the app's folder"},
		{"SL117.what.unlisted", "no file of the app is {module}, and there is no package file that could list it"},
		{"SL117.fix.unlisted", "list the package that has {module} in {list}"},
		{"SL117.what.package", "{list} does not list {package}, which has the module {module}"},
		{"SL117.fix.package", "add {package} to {list}"},
		{"SL117.what.listed", "no file of the app and no package in {list} has the module {module}"},
		{
			"SL117.what.searched",
			"no file of the app and no package in {list} has the module {module}; a folder outside the app that is on sys.path is not uploaded",
		},
		{"SL117.fix.listed", "add the package to {list}, or the module to the app's folder"},
		{"SL117.what.page", "there is no page {path}, as seen from the main file's folder"},
		{"SL117.fix.page", "create the page, or correct the path"},
		{"SL117.what.file", "there is no {path}; the Snowflake CLI stops here"},
		{"SL117.what.sent", "this statement sends {path}, which is not there"},
		{"SL117.fix.sent", "send {list}, with its lock, in its place"},
		{"SL117.fix.file", "create the file, or take it out of snowflake.yml"},
		{"SL118.what.key", "{file} holds a private key and would be uploaded with the app"},
		{"SL118.what.account", "{file} holds the private key of a service account and would be uploaded with the app"},
	}
}

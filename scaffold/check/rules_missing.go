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
			Breaks:   "sleet apply refuses to upload it, and a tool that sends the whole folder puts it on a stage, where everyone who can read the stage can read it",
			Runtimes: everywhere(), Severity: Error,
			Fix:  "move the file out of the folder and store the key as a SECRET; replace the key if others could see the file",
			Page: pageSecrets, check: privateKeys,
		},
	}
}

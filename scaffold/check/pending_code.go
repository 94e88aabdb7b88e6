package check

// Checkers that are still to be written.
func sessionImports(*App, Options) []Finding  { return nil }
func sessionCalls(*App, Options) []Finding    { return nil }
func moduleImports(*App, Options) []Finding   { return nil }
func moduleCalls(*App, Options) []Finding     { return nil }
func pageArguments(*App, Options) []Finding   { return nil }
func removedAPIs(*App, Options) []Finding     { return nil }
func probes(*App, Options) []Finding          { return nil }
func freshSessions(*App, Options) []Finding   { return nil }
func sharedState(*App, Options) []Finding     { return nil }
func threads(*App, Options) []Finding         { return nil }
func movingPaths(*App, Options) []Finding     { return nil }
func repeatedWork(*App, Options) []Finding    { return nil }
func viewerFunctions(*App, Options) []Finding { return nil }

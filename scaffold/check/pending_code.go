package check

// Checkers that are still to be written.
func probes(*App, Options) []Finding          { return nil }
func freshSessions(*App, Options) []Finding   { return nil }
func sharedState(*App, Options) []Finding     { return nil }
func threads(*App, Options) []Finding         { return nil }
func movingPaths(*App, Options) []Finding     { return nil }
func repeatedWork(*App, Options) []Finding    { return nil }
func viewerFunctions(*App, Options) []Finding { return nil }

package findings

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
)

// checkJSON is the output of `sleet check --format json`.
type checkJSON struct {
	Findings []facts.Finding `json:"findings"`
	Skipped  []skippedJSON   `json:"skipped"`
}

// skippedJSON is a file that was skipped. The reason begins with the place.
type skippedJSON struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// JSON returns the report of all folders as a value for JSON.
func JSON(checks []Checked) any {
	all := checkJSON{Findings: []facts.Finding{}, Skipped: []skippedJSON{}}
	for _, c := range checks {
		all.Findings = append(all.Findings, c.Report.Findings...)
		for _, s := range c.Report.Skipped {
			place := s.Path
			if len(checks) > 1 {
				place = path.Join(filepath.ToSlash(c.Folder.Dir), s.Path)
			}
			all.Skipped = append(all.Skipped, skippedJSON{place, skippedReason(s)})
		}
	}
	return all
}

// skippedReason returns the reason, with its line if it has one.
func skippedReason(s existing.Skipped) string {
	if s.Line == 0 {
		return s.Reason.String()
	}
	return fmt.Sprintf("line %d: %s", s.Line, s.Reason.String())
}

// The part of SARIF 2.1.0 that a check uses.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifFile struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID        string       `json:"id"`
		Short     sarifMessage `json:"shortDescription"`
		Full      sarifMessage `json:"fullDescription"`
		Help      sarifMessage `json:"help"`
		HelpURI   string       `json:"helpUri,omitempty"`
		Configure sarifLevel   `json:"defaultConfiguration"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifMessage struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifResult struct {
		RuleID     string          `json:"ruleId"`
		RuleIndex  int             `json:"ruleIndex"`
		Level      string          `json:"level"`
		Message    sarifMessage    `json:"message"`
		Locations  []sarifLocation `json:"locations"`
		Fixes      []sarifFix      `json:"fixes,omitempty"`
		Properties sarifProperties `json:"properties"`
	}
	sarifProperties struct {
		Symbol    string `json:"symbol"`
		Fix       string `json:"fix"`
		Automatic bool   `json:"automatic"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// sarifSchema is the URL of the format's schema.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// SARIF returns the report of all folders for code scanning and editors, as a value for JSON.
func SARIF(checks []Checked, options facts.Options, version string) any {
	run := sarifRun{
		Tool:        sarifTool{Driver: sarifDriver{Name: "sleet", Version: version, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{Successful: true}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{},
	}
	index := map[string]int{}
	for i, id := range RuleIDs() {
		rule, _ := rules.RuleOf(id)
		index[id] = i
		breaks, fix := rule.Consequence().String(), rule.Fix().String()
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID:        id,
			Short:     sarifMessage{Text: rule.Title().String()},
			Full:      sarifMessage{Text: rule.Title().String() + ": " + breaks},
			Help:      sarifMessage{Text: breaks + "\nFix: " + fix, Markdown: breaks + "\n\n**Fix:** " + fix},
			HelpURI:   rule.Page,
			Configure: sarifLevel{sarifSeverity(rule.Severity)},
		})
	}
	for _, c := range checks {
		fixes := fixesOf(c, options)
		for _, f := range c.Report.Findings {
			run.Results = append(run.Results, sarifResult{
				RuleID: f.Rule, RuleIndex: index[f.Rule], Level: sarifSeverity(f.Severity),
				Message: sarifMessage{Text: f.Message.String() + "\nFix: " + f.Fix.String()},
				Locations: []sarifLocation{sarifPlace(c.Folder, f.Path, &sarifRegion{
					StartLine: f.Line, StartColumn: f.Column, EndLine: f.EndLine, EndColumn: f.EndColumn,
				})},
				Fixes:      fixes.sarifFixes(c.Folder, f),
				Properties: sarifProperties{f.Symbol, f.Fix.String(), f.Automatic},
			})
		}
		for _, s := range c.Report.Skipped {
			run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, skippedNotification(c.Folder, s))
		}
	}
	return sarifFile{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}}
}

// skippedNotification returns the notification about a file that was skipped.
func skippedNotification(folder *existing.Folder, s existing.Skipped) sarifNotification {
	level := "error"
	if s.Handler {
		level = "note"
	}
	var region *sarifRegion
	if s.Line > 0 {
		region = &sarifRegion{StartLine: s.Line}
	}
	return sarifNotification{
		Level: level, Message: sarifMessage{Text: "skipped: " + s.Reason.String()},
		Locations: []sarifLocation{sarifPlace(folder, s.Path, region)},
	}
}

// sarifPlace returns a place in a file. Its URI is relative to the working folder, which for code scanning is the
// repository, unless DIR is outside of it.
func sarifPlace(folder *existing.Folder, p string, region *sarifRegion) sarifLocation {
	full := path.Join(filepath.ToSlash(folder.Dir), p)
	address := url.URL{Path: full}
	switch {
	case filepath.IsAbs(folder.Dir):
		address.Scheme = "file"
		address.Path = "/" + strings.TrimPrefix(full, "/")
	case strings.Contains(strings.SplitN(full, "/", 2)[0], ":"):
		address.Path = "./" + full
	}
	return sarifLocation{sarifPhysical{Artifact: sarifArtifact{address.String()}, Region: region}}
}

// sarifSeverity returns SARIF's level for a severity.
func sarifSeverity(severity facts.Severity) string {
	if severity == facts.Advice {
		return "note"
	}
	return string(severity)
}

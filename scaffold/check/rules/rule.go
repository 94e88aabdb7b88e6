package rules

import (
	"errors"
	"fmt"
	"slices"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/ui/message"
)

// Rule is one thing that a check looks for. Its words are messages whose IDs are derived from its
// ID.
type Rule struct {
	// ID never changes.
	ID string
	// Runtimes are the runtimes in which the problem occurs.
	Runtimes []scaffold.Runtime
	Severity facts.Severity
	// Automatic reports whether sleet migrate fixes the findings, except those marked as manual.
	Automatic bool
	// Local reports whether the findings in a file depend only on that file and the modules that it
	// imports, and the rule only uses EachCode or EachNode.
	Local bool
	// Page is the URL of the public page that the rule comes from.
	Page string
	// Item is the item of the migration checklist that the findings belong to, "" if none.
	Item string
	// Example is an app before and after the fix.
	Example Example
	Check   checker
}

// checker finds one rule's findings in an app. The options have a runtime and a version. It sets the fields that
// Unit.Finding, App.TextFinding and App.FileFinding set, and Severity, Fix or Manual if they differ from the rule's.
type checker func(*facts.App, facts.Options) []facts.Finding

// AppliesTo reports whether the rule applies to a runtime.
func (r Rule) AppliesTo(runtime scaffold.Runtime) bool { return slices.Contains(r.Runtimes, runtime) }

// Public pages that the rules come from.
const (
	docs           = "https://docs.snowflake.com/en/"
	pageMigration  = docs + "developer-guide/streamlit/migrations-and-upgrades/runtime-migration"
	pageObjects    = docs + "developer-guide/streamlit/migrations-and-upgrades/overview"
	pageSecrets    = docs + "developer-guide/streamlit/app-development/secrets-and-configuration"
	pagePackages   = docs + "developer-guide/streamlit/app-development/dependency-management"
	pageFiles      = docs + "developer-guide/streamlit/app-development/file-organization"
	pageLimits     = docs + "developer-guide/streamlit/limitations"
	pageRights     = docs + "developer-guide/streamlit/features/restricted-callers-rights"
	pageProject    = docs + "developer-guide/snowflake-cli/streamlit-apps/manage-apps/initialize-app"
	pageSecurity   = docs + "developer-guide/streamlit/object-management/security"
	pageRule       = docs + "sql-reference/sql/create-network-rule"
	pageReleases   = "https://docs.streamlit.io/develop/quick-reference/release-notes"
	pageCaching    = "https://docs.streamlit.io/develop/concepts/architecture/caching"
	pageThreads    = "https://docs.streamlit.io/develop/concepts/design/multithreading"
	pageConnection = "https://docs.streamlit.io/develop/api-reference/connections/st.connections.snowflakeconnection"
)

// Items of the migration checklist that have rules, in the order of its page.
const (
	itemRootLocation  = "root-location"
	itemStreamlit     = "streamlit"
	itemPackages      = "packages"
	itemSession       = "session"
	itemCaching       = "caching"
	itemSharedState   = "shared-state"
	itemModule        = "snowflake-module"
	itemPage          = "page-config"
	itemPaths         = "paths"
	itemConfiguration = "configuration"
	itemSecrets       = "secrets"
	itemDeployment    = "deployment"
)

// container and everywhere return the runtimes of a rule: only the container, or both.
func container() []scaffold.Runtime { return []scaffold.Runtime{scaffold.Container} }

func everywhere() []scaffold.Runtime {
	return []scaffold.Runtime{scaffold.Container, scaffold.Warehouse}
}

// Complete adds the rule's own fields to a finding. A migration leads to the container, so nothing
// is automatic for an app that stays in a warehouse.
func (r Rule) Complete(f facts.Finding, o facts.Options) facts.Finding {
	f.Rule = r.ID
	f.Automatic = r.Automatic && !f.Manual && o.Runtime == scaffold.Container
	if f.Severity == "" {
		f.Severity = r.Severity
	}
	if f.Fix.IsZero() {
		f.Fix = r.Fix()
	}
	f.Symbol = message.MaskURLs(f.Symbol)
	return f
}

// MergeGroups merges findings of a rule with the same group into one at the first position, with the
// others in its message. A comment suppresses a single position, not the others.
func MergeGroups(a *facts.App, rule Rule, list []facts.Finding) []facts.Finding {
	var merged []facts.Finding
	places := map[string][]string{}
	first := map[string]int{}
	for _, f := range list {
		if f.Group == "" {
			merged = append(merged, f)
			continue
		}
		f.Rule = rule.ID
		if len(a.Unsuppressed([]facts.Finding{f})) == 0 {
			continue
		}
		at, again := first[f.Group]
		if !again {
			first[f.Group] = len(merged)
			merged = append(merged, f)
			continue
		}
		place := fmt.Sprintf("%s:%d", f.Path, f.Line)
		if f.Symbol != merged[at].Symbol {
			place += " (" + f.Symbol + ")"
		}
		places[f.Group] = append(places[f.Group], place)
		if f.Severity == "" {
			merged[at].Severity = "" // the rule's, which is the worst
		}
	}
	for group, at := range first {
		if also := places[group]; len(also) > 0 {
			merged[at].Message = message.New("finding.places", "what", merged[at].Message, "places", some(also))
		}
	}
	return merged
}

// Title returns a short description of the rule.
func (r Rule) Title() message.Message { return r.text("title") }

// Consequence returns what happens if the problem is not fixed.
func (r Rule) Consequence() message.Message { return r.text("breaks") }

// Explanation returns why the problem occurs.
func (r Rule) Explanation() message.Message { return r.text("explanation") }

// Fix returns what to do.
func (r Rule) Fix() message.Message { return r.text("fix") }

func (r Rule) text(part string) message.Message {
	return message.New(message.ID("finding." + r.ID + "." + part))
}

// innermostMessage returns the message of the innermost error. The outer ones only say where it occurred,
// which is known.
func innermostMessage(err error) message.Message {
	var inner interface{ Message() message.Message }
	if errors.As(err, &inner) {
		return inner.Message()
	}
	return message.Verbatim(err.Error())
}

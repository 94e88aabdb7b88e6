package findings

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/existing"
	"sleet/scaffold/migrate"
	"sleet/scaffold/migrate/change"
)

// fixes are the edits with which `sleet migrate` fixes findings, by file and rule. Each value is a group that is
// applied as a whole.
type fixes map[fixKey][]change.Edit

type fixKey struct{ path, rule string }

// fixesOf plans the migration of each app that has something to fix. It keeps the edits that work alone: without a new
// module, a secret in the account, or another file.
func fixesOf(c Checked, options facts.Options) fixes {
	all := fixes{}
	for _, app := range c.Folder.Apps {
		if !slices.ContainsFunc(c.Report.Findings, func(f facts.Finding) bool { return f.Automatic && app.HasFile(f.Path) }) {
			continue
		}
		m, err := migrate.Plan(c.Folder, app, migrate.Choices{App: migrate.Inspect(c.Folder, app).App, Streamlit: options.Streamlit})
		if err != nil {
			continue // `sleet migrate` reports why; the findings stay without fixes
		}
		groups := map[string][]change.Edit{}
		for _, e := range m.Edits {
			groups[e.Group] = append(groups[e.Group], e)
		}
		for _, edits := range groups {
			if !alone(edits[0].Kind, m.New) || slices.Contains(m.Removed, edits[0].Path) {
				continue
			}
			for _, e := range edits {
				all[fixKey{e.Path, e.Rule}] = edits
			}
		}
	}
	return all
}

// alone reports whether edits of a kind fix a file without other changes.
func alone(kind change.Kind, added []scaffold.File) bool {
	switch kind {
	case change.KindPageConfig, change.KindStreamlit, change.KindConfig:
		return true
	case change.KindSession:
		return !slices.ContainsFunc(added, func(f scaffold.File) bool { return path.Ext(f.Path) == ".py" })
	case change.KindSecret, change.KindCortex, change.KindPackages, change.KindProject, change.KindSQL, change.KindWritten:
	}
	return false
}

// The part of SARIF that describes fixes.
type (
	sarifFix struct {
		Description sarifMessage  `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion    `json:"deletedRegion"`
		Inserted *sarifInserted `json:"insertedContent,omitempty"`
	}
	sarifInserted struct {
		Text string `json:"text"`
	}
)

// isAbout reports whether an edit fixes a finding. An edit can fix several symbols, or the section that an option is
// in.
func isAbout(e change.Edit, f facts.Finding) bool {
	return e.Rule == f.Rule && slices.ContainsFunc(strings.Split(e.Symbol, ", "), func(symbol string) bool {
		return f.Symbol == symbol || strings.HasPrefix(f.Symbol, symbol+".")
	})
}

// sarifFixes returns the fix of a finding, or nil if a person has to fix it.
func (m fixes) sarifFixes(folder *existing.Folder, f facts.Finding) []sarifFix {
	edits := m[fixKey{f.Path, f.Rule}]
	text, known := folder.Content(f.Path)
	if !f.Automatic || !known || !slices.ContainsFunc(edits, func(e change.Edit) bool { return isAbout(e, f) }) {
		return nil
	}
	change := sarifChange{Artifact: sarifPlace(folder, f.Path, nil).Physical.Artifact}
	for _, e := range edits {
		var r sarifReplacement
		r.Deleted.StartLine, r.Deleted.StartColumn = facts.LineColumn(text, e.Start)
		r.Deleted.EndLine, r.Deleted.EndColumn = facts.LineColumn(text, e.End)
		if e.New != "" {
			r.Inserted = &sarifInserted{e.New}
		}
		change.Replacements = append(change.Replacements, r)
	}
	return []sarifFix{{sarifMessage{Text: f.Fix.String()}, []sarifChange{change}}}
}

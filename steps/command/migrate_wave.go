package command

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"sleet/scaffold"
	"sleet/snowflake"
	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/steps/survey"
	"sleet/ui/message"
)

// runWave migrates every app of a list from the account to its own folder in dir. An app that fails does not stop the
// others. An app whose folder exists is skipped, so that an interrupted wave can be resumed.
func (o *migrateOptions) runWave(ctx context.Context, dir, shown string) error {
	if o.from != "" || o.undo || o.json {
		return exit.Usage(nil, "migrate.wave.alone")
	}
	if !o.yes && !o.dryRun {
		return exit.Usage(nil, "migrate.wave.nobody")
	}
	names, err := waveNames(ctx, o.host.Path(o.wave))
	if err != nil {
		return exit.Usage(err, "migrate.wave.unread", "file", o.wave)
	}
	done, left := 0, 0
	var failed []string
	folders := waveFolders(names)
	for i, name := range names {
		if err := context.Cause(ctx); err != nil {
			return message.Wrap(err, "run.stopped_by")
		}
		folder := folders[i]
		output.Say(o.host.Err, o.t("migrate.wave.app", "number", i+1, "count", len(names), "name", name.SQL(), "dir", filepath.Join(shown, folder)))
		if info, err := os.Lstat(filepath.Join(dir, folder)); err == nil && !info.IsDir() {
			failed = append(failed, name.SQL())
			output.Say(o.host.Err, o.t("migrate.wave.no_folder", "dir", filepath.Join(shown, folder)))
			continue
		}
		if entries, err := os.ReadDir(filepath.Join(dir, folder)); err == nil && len(entries) > 0 {
			output.Say(o.host.Err, o.t("migrate.wave.there", "dir", filepath.Join(shown, folder)))
			done++
			continue
		}
		one := *o
		one.wave, one.from = "", name.SQL()
		err := one.in(ctx, filepath.Join(dir, folder), filepath.Join(shown, folder))
		switch code := exit.Code(err); {
		case err == nil:
			done++
		case exit.StoppedBy(err):
			return err
		case code == exit.Failure && wasMigrated(filepath.Join(dir, folder)):
			left++
			output.Say(o.host.Err, explain(err, o.t))
		default:
			failed = append(failed, name.SQL())
			output.Say(o.host.Err, explain(err, o.t))
		}
	}
	output.Say(o.host.Err, o.t("migrate.wave.done", "done", done, "left", left, "failed", len(failed)))
	if len(failed) > 0 {
		return exit.Found("migrate.wave.failed", "names", strings.Join(failed, ", "))
	}
	if left > 0 {
		return exit.Found("migrate.wave.left", "count", left)
	}
	return nil
}

// wasMigrated reports whether a migration wrote a folder. What is left to do there is manual work.
func wasMigrated(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, scaffold.AnswersFile))
	return err == nil
}

// waveFolders returns the names of the apps' folders: the app's name, with the schema and the database if two apps have
// the same one, and with a hash if that is not enough. The name does not depend on the app's position in the list.
func waveFolders(names []snowflake.Name) []string {
	plain := func(s string) string { return strings.ToLower(snowflake.SanitizeIdent(s)) }
	folders := make([]string, len(names))
	for i, name := range names {
		folders[i] = plain(name.Object)
	}
	for _, longer := range []func(snowflake.Name) string{
		func(n snowflake.Name) string {
			return plain(n.Database) + "_" + plain(n.Schema) + "_" + plain(n.Object)
		},
		func(n snowflake.Name) string {
			sum := sha256.Sum256([]byte(n.SQL()))
			return plain(n.Object) + "_" + hex.EncodeToString(sum[:8])
		},
	} {
		count := map[string]int{}
		for _, folder := range folders {
			count[folder]++
		}
		for i, name := range names {
			if count[folders[i]] > 1 {
				folders[i] = longer(name)
			}
		}
	}
	return folders
}

// waveNames reads the names of apps from a file: a survey as CSV or JSON, or one name a line with comments after #. It
// skips apps of a survey that already run in a container.
func waveNames(ctx context.Context, file string) ([]snowflake.Name, error) {
	data, err := machine.ReadNamed(ctx, file)
	if err != nil {
		return nil, err
	}
	if len(data) > machine.MaxInput {
		return nil, safely.ErrTooLarge
	}
	var texts []string
	var report survey.Report
	switch trimmed := bytes.TrimSpace(data); {
	case bytes.HasPrefix(trimmed, []byte("{")):
		if err := safely.Call(func() error { return json.Unmarshal(trimmed, &report) }); err != nil {
			return nil, err
		}
		for _, a := range report.Apps {
			if a.Runtime != string(scaffold.Container) {
				texts = append(texts, a.Name)
			}
		}
	case bytes.HasPrefix(trimmed, []byte("name,")):
		rows, err := csv.NewReader(bytes.NewReader(trimmed)).ReadAll()
		if err != nil {
			return nil, err //nolint:wrapcheck // The caller adds the file's name.
		}
		for _, row := range rows[1:] {
			if len(row) > 1 && row[1] != string(scaffold.Container) {
				texts = append(texts, survey.FromCSV(row[0]))
			}
		}
	default:
		for line := range strings.SplitSeq(string(data), "\n") {
			line, _, _ = strings.Cut(line, "#")
			if line = strings.TrimSpace(line); line != "" {
				texts = append(texts, line)
			}
		}
	}
	names := make([]snowflake.Name, 0, len(texts))
	seen := map[snowflake.Name]bool{}
	for _, text := range texts {
		name, err := snowflake.ParseName(text)
		if err != nil {
			return nil, err
		}
		if name.Database == "" || name.Schema == "" {
			return nil, message.NewError("migrate.from_name", "name", output.Clean(text))
		}
		if !seen[name] {
			names = append(names, name)
			seen[name] = true
		}
	}
	if len(names) == 0 {
		return nil, message.NewError("migrate.wave.empty")
	}
	return names, nil
}

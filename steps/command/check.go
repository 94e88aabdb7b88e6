package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"sleet/scaffold"
	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/scaffold/check/rules"
	"sleet/scaffold/existing"
	"sleet/scaffold/pep508"
	"sleet/scaffold/suggest"
	"sleet/snowflake/safely"
	"sleet/steps/command/exit"
	"sleet/steps/command/findings"
	"sleet/steps/command/machine"
	"sleet/steps/command/output"
	"sleet/ui"
)

// checkOptions are the options of `sleet check`.
type checkOptions struct {
	host                       machine.Host
	globals                    *globals
	runtime, streamlit, format string
	env                        string
	only, ignore, explained    []string
	jobs                       int
}

// The output formats of `sleet check`.
const (
	formatText  = "text"
	formatJSON  = "json"
	formatSARIF = "sarif"
)

// newCheck returns the command `sleet check`.
func newCheck(host machine.Host, global *globals) *cobra.Command {
	o := &checkOptions{host: host, globals: global}
	cmd := &cobra.Command{
		Use:   "check [DIR...]",
		Short: "Find what does not work in an app's runtime",
		Long: `Checks the apps in each DIR (default: the current folder) for what does not work
in their runtime: code, packages, configuration, secrets, SQL and the answers in
sleet.toml. Nothing is changed or run.

An app is checked for the runtime that sleet.toml, snowflake.yml or a CREATE
STREAMLIT names, otherwise for the container; --runtime overrides it. To see
what a warehouse app needs before a migration, run
  sleet check --runtime container
sleet migrate makes the changes that can be automated.

Each finding names its rule. --explain describes what a rule looks for and why,
with an example before and after the fix:
  sleet check --explain SL112

A comment suppresses the rules it names on its line:
  st.set_page_config(page_title="x")  # sleet: ignore[SL105]

The rules:
` + rulesMark + `
The JSON of --format json is {"findings": […], "skipped": […]}: lines and
columns from 1, columns in characters, paths relative to their DIR. Of several
DIRs, a skipped file has its DIR before it. --format sarif is SARIF 2.1.0, for
code scanning and editors. With --explain the JSON is {"rules": […]}.

An error breaks the app, a warning is probably wrong, advice makes a working
app better.

Exit codes: 0 nothing found, or advice only; 1 errors or warnings found, or a
file that cannot be read; 2 wrong command line, or a DIR without an app.`,
		Example: `  sleet check                               the app in the current folder
  sleet check apps/sales apps/stock -j 4    several folders at once
  sleet check --runtime container           what a warehouse app must change
  sleet check --select SL1 --ignore SL105   some rules; SL1 means all SL1xx
  sleet check --explain SL101,SL112         explain these rules
  sleet check --format json                 for a program
  sleet check --format sarif                for code scanning`,
		Args: cobra.ArbitraryArgs,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&o.runtime, "runtime", "", "`runtime` to check for: "+strings.Join(runtimes(), " or "))
	flags.StringVar(&o.env, "env", "", "`name` of the environment, [env.NAME] in sleet.toml")
	flags.StringVar(&o.streamlit, "streamlit", "", "`version` of Streamlit; default: the runtime's newest")
	flags.StringVar(&o.format, "format", formatText, "`format`: "+strings.Join(checkFormats, ", "))
	flags.StringSliceVar(&o.only, "select", nil, "`ids` of the rules to run, separated by commas")
	flags.StringSliceVar(&o.ignore, "ignore", nil, "`ids` of the rules to skip")
	flags.StringSliceVar(&o.explained, "explain", nil, "`ids` of rules to explain instead of checking")
	flags.IntVarP(&o.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "how many folders to read at once")
	cmd.RunE = ran(func(ctx context.Context, args []string) error { return o.run(ctx, args) })
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	ids := completeRules(func() ui.Translate { return global.words(host) })
	for name, complete := range map[string]cobra.CompletionFunc{
		"runtime": cobra.FixedCompletions(runtimes(), cobra.ShellCompDirectiveNoFileComp),
		"format":  cobra.FixedCompletions(checkFormats, cobra.ShellCompDirectiveNoFileComp),
		"select":  ids, "ignore": ids, "explain": ids,
	} {
		// It fails only for an unknown flag, which the tests would find.
		cobra.CheckErr(cmd.RegisterFlagCompletionFunc(name, complete))
	}
	cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		listRules(cmd, host.Catalogue(o.globals.lang).T)
		cmd.Parent().HelpFunc()(cmd, args)
	})
	return cmd
}

var checkFormats = []string{formatText, formatJSON, formatSARIF}

// rulesMark is replaced by the list of rules in the help. The rules' titles are messages, which are read only if
// somebody asks for the help.
const rulesMark = "{rules}"

// listRules replaces rulesMark in the help of a command.
func listRules(cmd *cobra.Command, t ui.Translate) {
	if before, after, marked := strings.Cut(cmd.Long, rulesMark); marked {
		cmd.Long = before + ruleList(t) + after
	}
}

// ruleList returns the rules, one a line.
func ruleList(t ui.Translate) string {
	var b strings.Builder
	for _, id := range findings.RuleIDs() {
		rule, _ := rules.RuleOf(id)
		fmt.Fprintf(&b, "  %s  %s\n", id, t.Say(rule.Title()))
	}
	return b.String()
}

func (o *checkOptions) run(ctx context.Context, args []string) error {
	if len(o.explained) > 0 {
		return o.explain(args)
	}
	options, err := o.options()
	if err != nil {
		return err
	}
	t := o.host.Catalogue(o.globals.lang).T
	checks, err := o.read(ctx, args, options)
	if err != nil {
		return err
	}
	if err := o.print(checks, options, t); err != nil {
		return err
	}
	if rule := firstRule(checks); rule != "" && o.format == formatText {
		output.Say(o.host.Err, t("check.more", "rule", rule))
	}
	summary, failed := findings.Verdict(checks, t)
	if !failed {
		if summary != "" {
			output.Say(o.host.Err, summary)
		}
		return nil
	}
	return errors.New(summary)
}

// firstRule returns the rule of the first finding, "" if there are none.
func firstRule(checks []findings.Checked) string {
	for _, c := range checks {
		for _, f := range c.Report.Findings {
			return f.Rule
		}
	}
	return ""
}

// options returns the options that the flags set.
func (o *checkOptions) options() (facts.Options, error) {
	options := facts.Options{Streamlit: strings.TrimSpace(o.streamlit), Select: o.only, Ignore: o.ignore}
	var err error
	if options.Runtime, err = runtimeNamed(o.runtime); err != nil {
		return options, err
	}
	if _, err := pep508.ParseVersion(options.Streamlit); o.streamlit != "" && err != nil {
		return options, exit.Usage(nil, "check.flag.streamlit", "version", strconv.Quote(o.streamlit))
	}
	if !slices.Contains(checkFormats, o.format) {
		return options, exit.Usage(nil, "check.flag.format", "formats", strings.Join(checkFormats, ", "), "value", strconv.Quote(o.format))
	}
	if o.jobs < 1 {
		return options, exit.Usage(nil, "check.flag.jobs", "jobs", o.jobs)
	}
	for flag, ids := range map[string][]string{"--select": o.only, "--ignore": o.ignore} {
		for _, id := range ids {
			if err := checkRuleID(flag, id); err != nil {
				return options, err
			}
		}
	}
	return options, nil
}

// checkRuleID returns an error for a text that is not a rule's id or the beginning of one.
func checkRuleID(flag, id string) error {
	prefix := strings.ToUpper(strings.TrimSpace(id))
	if prefix != "" && slices.ContainsFunc(findings.RuleIDs(), func(known string) bool { return strings.HasPrefix(known, prefix) }) {
		return nil
	}
	return exit.Usage(nil, "check.flag.rule", "flag", flag, "id", strconv.Quote(id), "rules", strings.Join(findings.RuleIDs(), ", "))
}

// runtimeNamed returns the runtime with a name, either sleet's or SQL's.
func runtimeNamed(name string) (scaffold.Runtime, error) {
	if name == "" {
		return "", nil
	}
	for _, facts := range scaffold.Runtimes() {
		if strings.EqualFold(name, string(facts.Runtime)) || strings.EqualFold(name, facts.SQLName) {
			return facts.Runtime, nil
		}
	}
	return "", exit.Usage(nil, "check.flag.runtime", "runtimes", strings.Join(runtimes(), ", "), "value", strconv.Quote(name))
}

// read checks every folder and returns them in the order in which they were named.
func (o *checkOptions) read(ctx context.Context, args []string, options facts.Options) ([]findings.Checked, error) {
	dirs := args
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	checks, faults := make([]findings.Checked, len(dirs)), make([]error, len(dirs))
	var group errgroup.Group
	group.SetLimit(o.jobs)
	for i, dir := range dirs {
		group.Go(func() error {
			faults[i] = safely.Call(func() (err error) {
				if ctx.Err() == nil {
					checks[i], err = o.checkFolder(dir, options)
				}
				return err
			})
			return nil
		})
	}
	_ = group.Wait() // the jobs store their errors in faults
	if err := context.Cause(ctx); err != nil {
		return nil, err //nolint:wrapcheck // The cause of the cancellation.
	}
	if err := errors.Join(faults...); err != nil {
		return nil, &exit.UsageError{Err: err}
	}
	return checks, nil
}

// checkFolder checks one folder. Its report shows dir as it was named.
func (o *checkOptions) checkFolder(dir string, options facts.Options) (findings.Checked, error) {
	if dir == "" {
		return findings.Checked{}, exit.Usage(nil, "run.no_folder")
	}
	folder, err := existing.Read(o.host.Path(dir))
	if err != nil {
		return findings.Checked{}, err
	}
	if folder, err = inEnvironment(folder, o.host.Path(dir), o.env); err != nil {
		return findings.Checked{}, err
	}
	folder.Dir = dir
	if len(folder.Apps) == 0 {
		return findings.Checked{}, exit.Usage(nil, "check.no_app", "dir", dir)
	}
	if missing := missingMains(folder); len(missing) == len(folder.Apps) {
		return findings.Checked{}, exit.Usage(nil, "check.no_main", "dir", dir, "files", strings.Join(missing, ", "))
	}
	return findings.Checked{Folder: folder, Report: check.Folder(folder, options)}, nil
}

// missingMains returns the missing main files of apps that have no other code.
func missingMains(folder *existing.Folder) []string {
	var missing []string
	for _, app := range folder.Apps {
		if app.Main != "" && !app.HasFile(app.Main) && len(app.Code()) == 0 {
			missing = append(missing, app.Main)
		}
	}
	return missing
}

// print prints the findings on standard output. Formats for programs are in English.
func (o *checkOptions) print(checks []findings.Checked, options facts.Options, t ui.Translate) error {
	switch o.format {
	case formatJSON:
		return output.JSON(o.host.Out, findings.JSON(checks))
	case formatSARIF:
		return output.JSON(o.host.Out, findings.SARIF(checks, options, o.host.Build.Version))
	default:
		report := findings.Text(checks, t)
		if report == "" {
			output.Say(o.host.Err, t("check.nothing", "apps", strings.Join(findings.ShownApps(checks), ", ")))
		}
		return o.printText(report)
	}
}

// printText prints a report with the styles that standard output supports.
func (o *checkOptions) printText(report string) error {
	out := colorprofile.NewWriter(o.host.Out, o.host.Environ)
	_, err := out.WriteString(report)
	return exit.Failed(err, "check.unprinted")
}

// explain prints what rules look for and why. The ids come from --explain and the arguments.
func (o *checkOptions) explain(args []string) error {
	var list []rules.Rule
	for _, id := range slices.Concat(o.explained, args) {
		rule, ok := rules.RuleOf(strings.ToUpper(strings.TrimSpace(id)))
		if !ok {
			return unknownRule(id)
		}
		list = append(list, rule)
	}
	switch o.format {
	case formatJSON:
		return output.JSON(o.host.Out, findings.ExplainedJSON(list))
	case formatText:
		return o.printText(findings.Explained(list, o.host.Catalogue(o.globals.lang).T))
	default:
		return exit.Usage(nil, "check.explain.format", "value", strconv.Quote(o.format))
	}
}

// nearRules is how many similar rules the error about an unknown one names at most.
const nearRules = 5

// unknownRule returns the error about an unknown rule, with the most similar ids.
func unknownRule(id string) error {
	asked := strings.ToUpper(strings.TrimSpace(id))
	distance := func(known string) int {
		if asked != "" && strings.HasPrefix(known, asked) {
			return 0
		}
		return suggest.Distance(asked, known)
	}
	near := slices.DeleteFunc(findings.RuleIDs(), func(known string) bool { return distance(known) > 1 })
	if len(near) == 0 {
		return exit.Usage(nil, "check.flag.rule", "flag", "--explain", "id", strconv.Quote(id), "rules", strings.Join(findings.RuleIDs(), ", "))
	}
	slices.SortStableFunc(near, func(a, b string) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(samePrefix(asked, b), samePrefix(asked, a)))
	})
	near = near[:min(len(near), nearRules)]
	return exit.Usage(nil, "check.explain.unknown", "id", strconv.Quote(id), "rules", strings.Join(near, ", "))
}

// samePrefix returns the length of the common prefix of two ids.
func samePrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

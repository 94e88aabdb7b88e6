package command

import (
	"context"

	"github.com/spf13/cobra"

	"sleet/scaffold/answers"
	"sleet/steps/command/exit"
	"sleet/steps/command/machine"
)

// newSchema returns the command `sleet schema`.
func newSchema(host machine.Host, global *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of sleet.toml, for editors",
		Long: `Prints the JSON Schema of sleet.toml: every key with its type, choices, default
and description, in the language of --lang. Editors with TOML support, and
taplo, then complete and validate the file as you type.

The schema covers the structure of the file. sleet new checks which settings
fit together, and what Snowflake accepts.

The first line of sleet.toml names the schema by its address at SchemaStore. To
use the schema of this version, also offline, save it next to sleet.toml as
sleet.schema.json, which is never uploaded, and change the first line to
  #:schema ./sleet.schema.json
sleet keeps this line when it updates the file.`,
		Example: `  sleet schema >sleet.schema.json
  taplo lint --schema "file://$PWD/sleet.schema.json" sleet.toml`,
		Args: cobra.NoArgs,
	}
	cmd.RunE = ran(func(context.Context, []string) error {
		lang := host.Catalogue(global.lang).Language()
		_, err := host.Out.Write(answers.JSONSchema(lang))
		return exit.Failed(err, "run.schema_unprinted")
	})
	return cmd
}

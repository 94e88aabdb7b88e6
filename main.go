// Command sleet sets up Streamlit apps in Snowflake from the terminal.
package main

import (
	"os"

	"sleet/steps/command"
)

func main() { os.Exit(command.Main(os.Args[1:])) }

package scaffold

import (
	"sleet/scaffold/catalogue"
	"sleet/ui/message"
)

// runtimeText is the word for a runtime.
func runtimeText(runtime Runtime) message.Message { return catalogue.RuntimeText(string(runtime)) }

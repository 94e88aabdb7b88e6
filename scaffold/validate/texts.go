package validate

import (
	"sleet/scaffold"
	"sleet/scaffold/catalogue"
	"sleet/ui/message"
)

// runtimeText returns the display name of a runtime.
func runtimeText(runtime scaffold.Runtime) message.Message {
	return catalogue.RuntimeText(string(runtime))
}

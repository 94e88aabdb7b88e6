package facts

import "sleet/scaffold/python"

// SnowflakeConnection returns the call of st.connection("snowflake"), with or without other arguments, that an
// expression is, or that its name is bound to once, and nil for any other expression. Caller's rights are another
// connection: each viewer has a session of their own there.
func SnowflakeConnection(scopes *python.Scopes, e python.Expr) *python.Call {
	if name, ok := e.(*python.NameExpr); ok {
		_, symbol := scopes.Holder(name)
		if symbol == nil || len(symbol.Bindings) != 1 || symbol.Bindings[0].Kind != python.ByAssignment {
			return nil
		}
		e = symbol.Bindings[0].Value
	}
	call, ok := e.(*python.Call)
	if !ok || scopes.Resolve(call.Func) != "streamlit.connection" {
		return nil
	}
	if name, ok := Argument(call, "name", 0).(*python.Constant); ok && name.Value == "snowflake" {
		return call
	}
	return nil
}

// ConnectionType returns the type of a call of st.connection: its argument, or the name.
func ConnectionType(call *python.Call) python.Expr {
	if kind := Argument(call, "type", 1); kind != nil {
		return kind
	}
	return Argument(call, "name", 0)
}

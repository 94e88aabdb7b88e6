package facts

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// SnowflakeConnection returns the call of st.connection("snowflake"), with or without other arguments, that an
// expression is, or that its name is bound to once, and nil for any other expression. Caller's rights are another
// connection: each viewer has a session of their own there.
func SnowflakeConnection(scopes *scope.Table, e ast.Expr) *ast.Call {
	if name, ok := e.(*ast.NameExpr); ok {
		_, symbol := scopes.Holder(name)
		if symbol == nil || len(symbol.Bindings) != 1 || symbol.Bindings[0].Kind != scope.ByAssignment {
			return nil
		}
		e = symbol.Bindings[0].Value
	}
	call, ok := e.(*ast.Call)
	if !ok || scopes.Resolve(call.Func) != "streamlit.connection" {
		return nil
	}
	if name, ok := Argument(call, "name", 0).(*ast.Constant); ok && name.Value == "snowflake" {
		return call
	}
	return nil
}

// ConnectionType returns the type of a call of st.connection: its argument, or the name.
func ConnectionType(call *ast.Call) ast.Expr {
	if kind := Argument(call, "type", 1); kind != nil {
		return kind
	}
	return Argument(call, "name", 0)
}

package facts

import (
	"sleet/scaffold/python/ast"
	"sleet/scaffold/python/scope"
)

// SnowflakeConnection returns the call of st.connection("snowflake"), with or without other
// arguments, that an expression is or that is the only binding of its name, nil for any other
// expression. A connection with caller's rights does not count: there each viewer has their own
// session.
func SnowflakeConnection(scopes *scope.Table, e ast.Expr) *ast.Call {
	if name, ok := e.(*ast.NameExpr); ok {
		_, symbol := scopes.Lookup(name)
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

// ConnectionType returns the type of a call of st.connection: the argument named type, or else the name.
func ConnectionType(call *ast.Call) ast.Expr {
	if kind := Argument(call, "type", 1); kind != nil {
		return kind
	}
	return Argument(call, "name", 0)
}

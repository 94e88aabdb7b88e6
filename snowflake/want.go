package snowflake

// Ref names an object of the account: its kind and its name as SQL writes it, qualified with
// database and schema where it lies in one.
type Ref struct {
	Kind Kind
	Name string
}

// Object is one thing that an app wants in the account: an object to make, a grant, or something
// of others that it uses. A list of them, in the order in which they are made, is what a plan
// sets beside the account.
type Object struct {
	Ref
	// Role makes it and owns it afterwards, as SQL writes it; never empty in what a plan gets.
	Role string
	// Create is what makes it where it is missing, in order; empty for what is used and never
	// made: a warehouse, a compute pool, a secret of others. No statement is a USE.
	Create []Statement
	// Properties are what is compared where it exists.
	Properties []Property
	// Replace says that Create may run over what exists, because it is ours alone: the functions
	// that hold secrets.
	Replace bool
	// Key is the app's key of a secret, for its value.
	Key string
	// Value is the statement that gives an existing secret a new value; nil for everything else.
	Value *Statement
	// Needs are the privileges that making or using it takes.
	Needs []Privilege
	// Uses are what must be there before it.
	Uses []Ref
	// Grant is what a grant grants; nil for everything else.
	Grant *Privilege
}

// Property is one property of an object, as CREATE and ALTER write it.
type Property struct {
	// Name is the property in SQL: VALUE_LIST, QUERY_WAREHOUSE, COMMENT, …
	Name string
	// Want is the one value wanted, as Snowflake reports it (a name in its stored form, a text
	// without quotes). Unused where List is set.
	Want string
	// List are the entries wanted of a list; what the account has besides is kept. An entry of a
	// map, as in SECRETS, is 'key' = name.
	List []string
	// IsList says that the property is a list, even an empty one.
	IsList bool
	// SQL gives the right-hand side of SET NAME = … for a value, or for the merged list.
	SQL func(value string, list []string) string
	// Fixed says that no ALTER changes it: a difference is a reason why the object cannot be used
	// as it is, or is only reported.
	Fixed bool
	// IfShown says that an account need not show it: where it does not, nothing is compared.
	IfShown bool
	// With are files of the app: where the account does not show the property, it is set along with
	// them, and along with other properties.
	With []string
}

// Privilege is a privilege that a role needs, as GRANT writes it.
type Privilege struct {
	// Name is USAGE, CREATE SECRET, READ, OWNERSHIP, …
	Name string
	// On is the kind as GRANT writes it: ACCOUNT, DATABASE, SCHEMA, WAREHOUSE, COMPUTE POOL,
	// INTEGRATION, SECRET, STREAMLIT, ROLE, DATABASE ROLE; Object its name, empty for the account.
	On, Object string
	// Role has it, or is to have it.
	Role string
}

package observe

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"sleet/snowflake"
	"sleet/snowflake/account/query"
	"sleet/snowflake/account/stage"
	"sleet/ui/message"
)

// App is a STREAMLIT object in an account, with its files.
type App struct {
	// Name is the name in the form that DESCRIBE accepts.
	Name, Title, Comment, MainFile, Warehouse, Runtime string
	// Legacy reports whether the app was created with ROOT_LOCATION.
	Legacy bool
	// Owner is the role that owns the app. Viewers are the roles that may use it.
	Owner   string
	Viewers []string
	// Integrations are attached to the app. Rules are their network rules, as far as the session may see them.
	Integrations, Rules []string
	// Secrets are bound to the app.
	Secrets []BoundSecret
	// Files are the files of the live version, or else of the last version or of the root location. Files that the app
	// imports from stages are in the root, where Python finds them.
	Files map[string][]byte
	// Missed lists what could not be seen or read, and why.
	Missed []message.Message
}

// BoundSecret is a secret that an app reads by a key. Type is as DESCRIBE SECRET shows it, empty if the session may not
// see it.
type BoundSecret struct{ Key, Object, Type string }

// Fetch reads an app and its files. It changes nothing.
// https://docs.snowflake.com/en/sql-reference/sql/desc-streamlit
func Fetch(ctx context.Context, c query.Session, name string) (App, error) {
	rows, err := c.Query(ctx, "DESCRIBE STREAMLIT "+name)
	if err != nil {
		return App{}, message.Wrap(err, "failure.fetch.app", "name", name)
	}
	found := Streamlit(rows)
	a := App{
		Name: name, Title: found.Values["TITLE"], Comment: found.Values["COMMENT"], MainFile: found.Values["MAIN_FILE"],
		Warehouse: found.Values["QUERY_WAREHOUSE"], Runtime: found.Values["RUNTIME_NAME"], Legacy: found.Values["ROOT_LOCATION"] != "",
		Files: map[string][]byte{},
	}
	for _, e := range found.Lists["EXTERNAL_ACCESS_INTEGRATIONS"] {
		a.Integrations = append(a.Integrations, e.Name.SQL())
	}
	a.grants(ctx, c)
	a.bound(ctx, c, found.Lists["SECRETS"])
	a.rules(ctx, c)
	source := cmp.Or(found.Values["LIVE_VERSION"], found.Values["LAST_VERSION"], found.Values["ROOT_LOCATION"])
	if source == "" {
		return a, message.NewError("failure.fetch.no_files", "name", name)
	}
	if err := a.files(ctx, c, source); err != nil {
		return a, err
	}
	a.imports(ctx, c, snowflake.ShownTexts(rows.Get(0, "import_urls")))
	return a, nil
}

// files reads every file in a folder.
func (a *App) files(ctx context.Context, c query.Session, source string) error {
	folder := strings.TrimRight(source, "/") + "/"
	rows, err := c.Query(ctx, "LIST "+snowflake.Literal(folder))
	if err != nil {
		return message.Wrap(err, "failure.fetch.list", "name", a.Name, "folder", folder)
	}
	for i := range rows.Values {
		name, ok := stage.PathBelow(folder, rows.Get(i, "name"))
		if !ok || name == "" || strings.Contains("/"+name+"/", "/../") {
			continue
		}
		data, err := query.Get(ctx, c, folder+name)
		if err != nil {
			return message.Wrap(err, "failure.fetch.file", "file", name, "name", a.Name)
		}
		a.Files[name] = data
	}
	return nil
}

// imports reads the modules that a warehouse app imports from stages.
func (a *App) imports(ctx context.Context, c query.Session, urls []snowflake.Entry) {
	for _, e := range urls {
		url := e.Text
		name := path.Base(url)
		if _, own := a.Files[name]; own || url == "" {
			continue
		}
		data, err := query.Get(ctx, c, url)
		if err != nil {
			a.Missed = append(a.Missed, message.New("failure.fetch.missed_import", "url", url, "why", query.Brief(err)))
			continue
		}
		a.Files[name] = data
	}
}

// grants reads which role owns the app and which roles may use it.
// https://docs.snowflake.com/en/sql-reference/sql/show-grants
func (a *App) grants(ctx context.Context, c query.Session) {
	rows, err := c.Query(ctx, "SHOW GRANTS ON STREAMLIT "+a.Name)
	if err != nil {
		a.Missed = append(a.Missed, message.New("failure.fetch.missed_viewers", "why", query.Brief(err)))
		return
	}
	for i := range rows.Values {
		role := rows.Get(i, "grantee_name")
		switch {
		case strings.HasSuffix(rows.Get(i, "granted_to"), "_ROLE") || rows.Get(i, "granted_to") == "USER":
		case rows.Get(i, "privilege") == "OWNERSHIP":
			a.Owner = role
		case rows.Get(i, "privilege") == "USAGE" && !slices.Contains(a.Viewers, role):
			a.Viewers = append(a.Viewers, role)
		}
	}
}

// bound reads the types of the secrets that are bound to the app.
func (a *App) bound(ctx context.Context, c query.Session, bindings []snowflake.Entry) {
	for _, binding := range bindings {
		object := binding.Name.SQL()
		s := BoundSecret{Key: binding.Key, Object: object}
		rows, err := c.Query(ctx, "DESCRIBE SECRET "+object)
		if err != nil {
			a.Missed = append(a.Missed, message.New("failure.fetch.missed_secret", "name", object, "why", query.Brief(err)))
		} else {
			s.Type = rows.Get(0, "secret_type")
		}
		a.Secrets = append(a.Secrets, s)
	}
}

// rules reads the network rules of the app's integrations.
// https://docs.snowflake.com/en/sql-reference/sql/desc-integration
func (a *App) rules(ctx context.Context, c query.Session) {
	for _, integration := range a.Integrations {
		rows, err := c.Query(ctx, "DESCRIBE INTEGRATION "+integration)
		if err != nil {
			a.Missed = append(a.Missed, message.New("failure.fetch.missed_rules", "name", integration, "why", query.Brief(err)))
			continue
		}
		for i := range rows.Values {
			if rows.Get(i, "property") == "ALLOWED_NETWORK_RULES" {
				for _, e := range snowflake.ShownList(rows.Get(i, "property_value")) {
					a.Rules = append(a.Rules, e.Name.SQL())
				}
			}
		}
	}
}

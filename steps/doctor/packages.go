package doctor

import (
	"path"
	"slices"
	"strings"

	"sleet/scaffold/check"
	"sleet/scaffold/check/facts"
	"sleet/snowflake"
	"sleet/ui/message"
)

// sharedRepository is Snowflake's shared repository of PyPI packages. repositoryRole is the database role that may use
// it.
// https://docs.snowflake.com/en/developer-guide/streamlit/app-development/dependency-management
var (
	sharedRepository = snowflake.Name{Database: "SNOWFLAKE", Schema: "SNOWPARK", Object: "PYPI_SHARED_REPOSITORY"} //nolint:gochecknoglobals // A constant.
	repositoryRole   = snowflake.DatabaseRole("SNOWFLAKE", "PYPI_REPOSITORY_USER")                                 //nolint:gochecknoglobals // A constant.
)

// packages returns the chains of the imported modules that come from packages, and of the package list.
func (d *doctor) packages() []Chain {
	var list []Chain
	for _, i := range check.Imports(d.App, d.options) {
		list = append(list, d.module(i))
	}
	if c := d.list(); len(c.Links) > 0 {
		list = append(list, c)
	}
	return list
}

// module returns the chain of an imported module.
func (d *doctor) module(i check.Import) Chain {
	b := newChain(KindPackage, i.Module)
	at := place(i.Path, i.Line)
	b.ok("import", at, message.New("doctor.import.at", "module", i.Module))
	switch file := facts.PackageList(d.App, d.options.Runtime); {
	case i.Missing:
		l := Link{Name: "package", State: Broken, Object: i.Module, Detail: i.What, Edit: i.Fix}
		if file != "" {
			l.Object = path.Base(file)
		}
		b.add(l)
	case i.Runtime:
		b.ok("package", i.Module, message.New("doctor.package.runtime"))
	default:
		b.ok("package", path.Base(file), message.New("doctor.package.listed", "file", path.Base(file)))
	}
	return b.Chain
}

// list returns the chain of the package list: the runtime reads it and can install its packages, the lock file matches,
// and a container has a source of packages.
func (d *doctor) list() Chain {
	file := facts.PackageList(d.App, d.options.Runtime)
	subject := file
	if subject == "" {
		subject = d.options.Facts().PackageFile
	}
	b := newChain(KindPackage, path.Base(subject))
	for _, f := range d.findings("SL201", "SL202") {
		b.add(Link{
			Name: "list", State: Broken, Object: place(f.Path, f.Line), Detail: f.Message, Edit: f.Fix,
		})
	}
	if file != "" && len(b.Links) == 0 {
		b.ok("list", path.Base(file), message.New("doctor.list.ok", "file", path.Base(file)))
	}
	if lock, lacks := facts.LockProblem(d.App); len(lacks) > 0 && d.options.Facts().PackageIndex() {
		b.add(Link{
			Name: "lock", State: Broken, Object: lock, Detail: message.New("doctor.lock.differs", "lock", path.Base(lock), "file", path.Base(file), "packages", strings.Join(lacks, ", ")),
			Edit: message.New("doctor.lock.edit"),
		})
	} else if lock != "" && d.options.Facts().PackageIndex() {
		b.ok("lock", lock, message.New("doctor.lock.ok", "file", path.Base(file)))
	}
	if d.options.Facts().PackageIndex() {
		d.repository(b)
	}
	return b.Chain
}

// repository adds the links for the source of a container's packages. An app that needs only preinstalled packages
// needs none.
func (d *doctor) repository(b *builder) {
	listed := facts.Listed(d.App, d.options.Runtime)
	repositories, shown := d.e.Observed.Lists["ARTIFACT_REPOSITORIES"]
	integrations := d.attached()
	fromPyPI := slices.ContainsFunc(integrations, func(i snowflake.Name) bool { return d.allows(i, "pypi.org") == OK })
	switch {
	case len(repositories) > 0:
		b.ok("repository", joined(names(repositories)), message.New("doctor.repository.ok", "repository", joined(names(repositories))))
		if slices.Contains(names(repositories), sharedRepository) {
			d.repositoryUse(b)
		}
	case len(listed) == 0:
	case fromPyPI:
		b.ok("repository", joined(integrations), message.New("doctor.repository.integration"))
	case !shown: // not every account shows it
	default:
		l := Link{
			Name: "repository", State: Broken, Object: d.e.App.SQL(), Detail: message.New("doctor.repository.none", "app", d.e.App.SQL(), "packages", firstFew(listed)),
			Statements: []snowflake.Statement{{
				SQL: "ALTER STREAMLIT " + d.e.App.SQL() + " SET ARTIFACT_REPOSITORIES = (" + strings.ToLower(sharedRepository.SQL()) + ")", Role: d.e.Owner,
			}},
		}
		if d.e.Roles.Known[d.e.Owner] && !d.e.Roles.Holds(d.e.Owner, useOfRepository(d.e.Owner)) {
			l.Statements = slices.Insert(l.Statements, 0, d.grantRepository())
		}
		b.add(l)
	}
}

// firstFew returns a list of names, up to mostNamed.
func firstFew(list []string) string {
	if len(list) > maxNames {
		list = append(slices.Clone(list[:maxNames]), "…")
	}
	return strings.Join(list, ", ")
}

func useOfRepository(role snowflake.Name) snowflake.Privilege {
	return snowflake.Privilege{Name: "USAGE", On: snowflake.OnDatabaseRole, Object: repositoryRole, Role: role}
}

func (d *doctor) grantRepository() snowflake.Statement {
	return snowflake.Statement{SQL: "GRANT DATABASE ROLE " + repositoryRole.SQL() + " TO ROLE " + d.e.Owner.SQL(), Role: administrator}
}

// repositoryUse adds the link for the database role that the repository requires. PUBLIC has it unless an administrator
// revoked it, and not every account lists that.
func (d *doctor) repositoryUse(b *builder) {
	switch {
	case d.e.Roles.Holds(d.e.Owner, useOfRepository(d.e.Owner)):
		b.ok("role", repositoryRole.SQL(), message.New("doctor.role.ok", "role", d.e.Owner.SQL(), "object", repositoryRole.SQL()))
	case d.e.Roles.Known[d.e.Owner]:
		b.add(Link{
			Name: "role", State: Unknown, Object: repositoryRole.SQL(), Detail: message.New("doctor.role.unlisted", "role", d.e.Owner.SQL(), "object", repositoryRole.SQL()),
			Statements: []snowflake.Statement{
				{SQL: "SHOW GRANTS OF DATABASE ROLE " + repositoryRole.SQL(), Role: administrator},
			},
		})
	default:
		b.add(Link{Name: "role", State: Unknown, Object: repositoryRole.SQL(), Detail: message.New("doctor.grants.hidden", "role", d.e.Owner.SQL()), Statements: showGrants(d.e.Owner)})
	}
}

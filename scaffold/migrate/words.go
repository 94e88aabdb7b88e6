package migrate

import (
	"slices"

	"sleet/snowflake"
	"sleet/ui/message"
)

// Texts gives all that the package has to say to a person. The values that fill them are left out.
func Texts() []message.Message {
	var all []message.Message
	for _, table := range [][]sentence{changeMessages(), manualMessages(), movedMessages()} {
		for _, m := range table {
			all = append(all, snowflake.Said(m.id, m.english))
		}
	}
	return all
}

// sentence is a sentence by its name.
type sentence struct{ id, english string }

// because says why an edit is made; args are pairs of a name and a value.
func because(name string, args ...any) message.Message {
	return said(changeMessages(), "change."+name, args...)
}

// both gives two reasons, the second by its name.
func both(first message.Message, second string) message.Message {
	return message.New("change.both", "first", first, "second", because(second))
}

// left says what is left to the person, and todo what they do about it.
func left(name string, args ...any) message.Message {
	return said(manualMessages(), "manual."+name, args...)
}

func todo(name string, args ...any) message.Message { return left(name+".fix", args...) }

// told says what became of something, or what comes next.
func told(name string, args ...any) message.Message {
	return said(movedMessages(), "moved."+name, args...)
}

func said(table []sentence, id string, args ...any) message.Message {
	i := slices.IndexFunc(table, func(m sentence) bool { return m.id == id })
	if i < 0 {
		return message.Verbatim(id) // a test sees that there is none
	}
	return snowflake.Said(id, table[i].english, args...)
}

// changeMessages are the reasons of edits.
func changeMessages() []sentence {
	return []sentence{
		{"change.both", "{first}; {second}"},
		{"change.unsupported", "{why}."},
		{"change.in-try", "it is in a try: check that the handler still fits"},
		{"change.unused", "nothing uses it any more"},
		{"change.session-import", "a container has no active session: the app takes its session from st.connection"},
		{"change.session-call", "outside a warehouse every .session() makes a new Snowpark session, and Snowpark keeps each: one cached helper makes one for all"},
		{"change.session-try", "the session comes from st.connection, in Snowflake and on a developer's machine: nothing is left to fall back from"},
		{"change.session-in-try", "st.connection raises other errors than get_active_session, and also works outside Snowflake: check that the handler still fits"},
		{"change.session-once", "this file runs once for all viewers: call the helper where the session is used, or the file keeps a session that Snowflake has ended"},
		{"change.session-moved", "this file runs once for all viewers: the helper is called where the session is used, so that an ended session is replaced"},
		{"change.session-options", "the helper connects without the other arguments of this st.connection, which a warehouse ignores as well: check a local run"},
		{"change.session-validated", "this cache keeps the session: with validate= it lets go of one that Snowflake has ended"},
		{"change.session-kept", "a cache keeps what is made with the session here, also after Snowflake has ended it: give the cache validate=, or take the session outside of it"},
		{"change.session-probe", "code asks whether the name is there: it keeps a meaning, and the code goes the way it goes in Snowflake"},
		{"change.session-connection", "the connection under the session comes from st.connection"},
		{"change.session-uncached", "the helper keeps the session, and renews one that Snowflake has ended: a cache round it would keep the ended one"},
		{"change.streamlit-renamed", "Streamlit gave this API another name, with the same meaning"},
		{"change.streamlit-has", "every Streamlit of a container has this API"},
		{"change.streamlit-query", "st.query_params.from_dict replaces all parameters, as the API that is gone did"},
		{"change.streamlit-width", "Streamlit ignores use_column_width, or refuses it: width says the same"},
		{"change.streamlit-warning", "Streamlit has no such argument any more, and draws again what a cached function drew: look whether that is wanted"},
		{"change.streamlit-widgets", "Streamlit refuses this argument, which was off"},
		{"change.page-config", "Snowsight ignores this argument in every runtime"},
		{"change.module", "a container has no module _snowflake"},
		{"change.module-secrets", "a container has no module _snowflake: the platform hands this secret over in st.secrets"},
		{"change.module-function", "a container has no module _snowflake: a function in Snowflake holds this secret"},
		{"change.module-keys", "a container has no module _snowflake: a function of the app reads each of its secrets by its key"},
		{"change.module-type", "a container has no module _snowflake: the type of this secret is known"},
		{"change.module-send", "a container has no module _snowflake: the request is sent over HTTP with the session's token, with the same arguments and the same answer"},
		{"change.module-probe", "a container has no module _snowflake; code asks whether it is there: it goes the way it goes in Snowflake"},
		{"change.uv-reads", "uv reads [project]"},
		{"change.python", "a container has Python {version}"},
		{"change.floor", "a container cannot install an older version"},
		{"change.python-version", "uv takes its Python from this file, and the container has {version}"},
		{"change.packages", "the packages of the app"},
		{"change.streamlit", "a container needs this Streamlit"},
		{"change.runtime", "a container app names its runtime"},
		{"change.pool", "a container app runs in a compute pool"},
		{"change.artifacts", "the CLI uploads what is listed and nothing else"},
		{"change.artifact-gone", "{file} is gone"},
		{"change.imports", "imports are for the warehouse only"},
		{"change.beside", "the container app stands beside the old one"},
		{"change.secret-function", "the app gets it from a function now"},
		{"change.secret-handed", "the platform hands it to the app"},
		{"change.integration", "the app's secrets come through it"},
		{"change.written", "sleet wrote this file and nobody edited it: it is made anew from the same answers, for a container"},
		{"change.version", "only version 2 knows the container runtime"},
		{"change.sql-from", "ROOT_LOCATION is for the warehouse only: FROM copies the files into the app. Where the app is there already, the statement replaces it"},
		{"change.sql-runtime", "the statement creates a container app"},
		{"change.sql-live", "nobody but the owner can open an app without a live version"},
	}
}

// manualMessages are what is left to the person, each with what to do about it.
func manualMessages() []sentence {
	return []sentence{
		{"manual.unreadable", "{reason}: the file stays as it is"},
		{"manual.unreadable.fix", "mend it, and run sleet migrate again"},
		{"manual.fault", "{reason}: the file stays as it is"},
		{"manual.fault.fix", "mend the file and run sleet migrate again"},
		{"manual.star-import", "the name comes from a star import of {module}"},
		{"manual.star-import.fix", "name what is imported"},
		{"manual.secret-key", "which secret is read here is known only when the line runs"},
		{"manual.secret-key.fix", `read each secret by its own key: st.secrets["key"], or a function in Snowflake that holds it`},
		{"manual.secret-type", "the type of this secret is not known"},
		{"manual.secret-type.fix", "write its type here"},
		{"manual.secret-object", `no file tells which secret stands behind "{key}"`},
		{"manual.secret-object.fix", "name it in sleet.toml: object of the secret {name}"},
		{"manual.credential", "{key} looks like a credential, and this file lies on a stage in plain text: it is not uploaded"},
		{"manual.credential.fix", "keep it out of the app's folder; what the app needs of it belongs in a secret of Snowflake, declared in sleet.toml"},
		{"manual.credential-read.fix", "delete it there once a secret of Snowflake has it: st.secrets hands it to the app under the same key"},
		{"manual.sql-imports", "IMPORTS is for the warehouse only: {files}"},
		{"manual.sql-imports.fix", "bring these files into the app's folder"},
		{"manual.pyproject-broken", "pyproject.toml cannot be read, so that it stays as it is"},
		{"manual.pyproject-broken.fix", "mend it, and give it the packages of the app"},
		{"manual.pyproject-odd", "it is written in a way that sleet does not change"},
		{"manual.pyproject-odd.fix", "give its table [project] what a container needs: requires-python and the packages of the app"},
		{"manual.poetry", "a container reads [project], not [tool.poetry]"},
		{"manual.poetry.fix", "move what the app needs from [tool.poetry] to [project]"},
		{"manual.no-project", "it has no table [project] of its own"},
		{"manual.no-project.fix", "add to it: {text}"},
		{"manual.dynamic", "the dependencies come from elsewhere (dynamic)"},
		{"manual.dynamic.fix", "give them to [project]: {packages}"},
		{"manual.package", "{error}"},
		{"manual.package.fix", "write the package into pyproject.toml by hand"},
		{"manual.conda-only", "{package} is not on PyPI and is left out: {why}"},
		{"manual.conda-only.fix", "add a package from PyPI to pyproject.toml that the app can use instead, or change the code that needs it"},
		{"manual.versions", "the versions {versions} cannot be said in pyproject.toml: any version is taken"},
		{"manual.versions.fix", "write the versions that you want into pyproject.toml"},
		{"manual.unlocked", "uv cannot lock these packages, and a container installs them with uv: {reason}"},
		{"manual.unlocked.fix", "change what uv names in pyproject.toml, and run `uv lock` in its folder"},
		{"manual.pip-line", "this line cannot stand in pyproject.toml, and a container reads requirements.txt instead of pyproject.toml"},
		{"manual.pip-line.fix", "put what the app needs into pyproject.toml and delete requirements.txt"},
		{"manual.project-odd", "it is written in a way that sleet does not change"},
		{"manual.project-odd.fix", "give the app runtime_name: {runtime}, compute_pool and artifacts with every file"},
		{"manual.project-line", "the app stands in one line between braces, which is left as it is"},
		{"manual.project-line.fix", "give it runtime_name: {runtime}, a compute_pool and artifacts with every file"},
		{"manual.project-v1", "version 1 with {others} beside the app is left as it is"},
		{"manual.project-v1.fix", "run `snow helpers v1-to-v2` in its folder, and then sleet migrate again"},
		{"manual.project-imports", "imports are for the warehouse only: {files}"},
		{"manual.project-imports.fix", "bring these files into the app's folder and list them in artifacts"},
		{"manual.main-several", "nothing tells which script Streamlit runs: it could be {files}"},
		{"manual.main-several.fix", "name it: run sleet migrate with --set app.main_file={file}, or write app.main_file in sleet.toml"},
		{"manual.main-gone", "the main file {file} is not in the app's folder"},
		{"manual.main-gone.fix", "add it, or name the right file: run sleet migrate with --set app.main_file=FILE, or write app.main_file in sleet.toml"},
		{"manual.main-none", "no file in the app's folder is a script that Streamlit could run as its main file"},
		{"manual.main-none.fix", "name it: run sleet migrate with --set app.main_file=FILE, or write app.main_file in sleet.toml"},
		{"manual.native", "a Native App deploys this app ({manifest}): it runs in the warehouse until its setup script gives it a container"},
		{"manual.native.fix", "in {script} create a compute pool, and give CREATE STREAMLIT RUNTIME_NAME = '{runtime}', COMPUTE_POOL, QUERY_WAREHOUSE and an external access integration for PyPI; in {manifest} set manifest_version: 2 and ask for CREATE COMPUTE POOL, BIND SERVICE ENDPOINT, CREATE WAREHOUSE and CREATE EXTERNAL ACCESS INTEGRATION; see that the package lists pyproject.toml"},
		{"manual.native-secrets", "the app reads {keys}, which its setup script has to hand to it"},
		{"manual.native-secrets.fix", "in {script} create the functions that snowflake_secrets.py calls, or attach the secrets to the app"},
		{"manual.main-shared", "the folder is shared with other apps, whose main files are {files}: sleet.toml describes one app"},
		{"manual.main-shared.fix", "give each app a folder of its own and run sleet migrate in it, or deploy the others with your own SQL"},
	}
}

// movedMessages are what was changed and is not plain to see, why a file cannot be read, what remains to be done in the account,
// and the words of the list of what is left.
func movedMessages() []sentence {
	return []sentence{
		{"moved.channel", "the channel {channel} is gone: a container takes its packages from PyPI"},
		{"moved.python", "Python {version} becomes 3.11, the only one of a container"},
		{"moved.left-out", "{package} is left out: {why}"},
		{"moved.requirement", "requirement {text}: {why}"},
		{"moved.renamed", "{package} is {name} on PyPI"},
		{"moved.renamed-why", "{package} is {name} on PyPI: {why}"},
		{"moved.raised", "{package} {versions} is below {floor}, {why}"},
		{"moved.credential", "{requirement} has a password in its address, so it was not written to sleet.toml"},
		{"moved.credential_fix", "name the package without it: an index that needs a password is reached through a secret and an external access integration"},
		{"moved.too-deep", "nested deeper than {most} levels"},
		{"moved.no-yaml-at-all", "this is no YAML that can be read"},
		{"moved.no-yaml", "this is no YAML"},
		{"moved.no-yaml-for", "this is no YAML: {reason}"},
		{"moved.second-yaml", "a second YAML document begins here; one file must hold one"},
		{"moved.no-conda", "this is no environment of conda: keys such as dependencies: must stand here"},
		{"moved.no-list", "dependencies must be a list"},
		{"moved.no-dependency", "this is no dependency: a package's name must stand here"},
		{"moved.no-toml", "this is no TOML"},
		{"moved.no-toml-for", "this is no TOML: {reason}"},
		{"moved.step-name", "No file tells the app's name in Snowflake: see that app.name in sleet.toml is right (now {name}), and its database and schema"},
		{"moved.step-schema", "No file tells the app's database and schema: name them in sleet.toml, or choose them with USE before the script"},
		{"moved.step-beside", "Run sleet apply, or {script}: it makes the container app {name} beside the old one"},
		{"moved.step-address", "Tell the viewers the new app's address: it is another than the old one's"},
		{"moved.step-secret", "Give the secret {key} its value when {script} or sleet apply asks for it; where it is in Snowflake already, name it in sleet.toml: object and existing = true"},
		{"moved.step-apply", "Run sleet apply, or upload the files and run {script}"},
		{"moved.step-try", "Open the app and try every page; {script} and sleet migrate --undo are the way back"},
		{"moved.list-title", "{title}: to the container runtime"},
		{"moved.list-head", "sleet migrate did what it could do by itself. Tick off what is left; delete this file when all is done."},
		{"moved.list-manual", "Needs you"},
		{"moved.list-review", "Review these edits"},
		{"moved.list-advice", "Worth a look"},
		{"moved.list-steps", "Then, in Snowflake"},
		{"moved.step-open", "No file tells {key}: {text} in {place} has a value only when it is deployed. Set {key} in sleet.toml"},
		{"moved.step-native", "Release the Native App as before ({manifest}): sleet apply does not deploy it"},
		{"moved.container-already", "this app already runs in the container runtime: nothing to migrate. sleet check finds what is wrong with it"},
		{"moved.nested", "this is an app of its own inside another one. To migrate it, run sleet migrate {folder}"},
		{"moved.left-open", "{key} is left open: {reason}"},
	}
}

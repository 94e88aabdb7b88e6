package account

import (
	"slices"
	"strconv"

	"sleet/snowflake"
	"sleet/ui/message"
)

// Texts are all that this package can say to a person, by id.
func Texts() []message.Message {
	var list []message.Message
	for _, table := range [][][2]string{failureTexts(), profileTexts(), loginTexts(), stayTexts(), runTexts(), fetchTexts()} {
		for _, t := range table {
			list = append(list, message.Message{ID: t[0], English: t[1]})
		}
	}
	for _, e := range explanations() {
		list = append(list, e.words("meaning", e.meaning), e.words("mend", e.mend))
	}
	return slices.DeleteFunc(list, message.Message.IsZero)
}

// say makes a Text of the tables.
func say(id string, args ...any) message.Message {
	for _, table := range [][][2]string{failureTexts(), profileTexts(), loginTexts(), stayTexts(), runTexts(), fetchTexts()} {
		for _, t := range table {
			if t[0] == id {
				return snowflake.Said(id, t[1], args...)
			}
		}
	}
	return message.Verbatim(id)
}

// fail is an error of which the tables have the words; cause is what errors.Is finds in it.
func fail(cause error, id string, args ...any) error { return message.Fail(cause, say(id, args...)) }

// words are one of an explanation's texts; nothing where it has none.
func (e explanation) words(which, english string) message.Message {
	if english == "" {
		return message.Message{}
	}
	return snowflake.Said("failure."+strconv.Itoa(e.codes[0])+"."+which, english)
}

// failureTexts are those of what was refused, or did not come through.
func failureTexts() [][2]string {
	return [][2]string{
		{"failure.snowflake", "Snowflake says: {said}"},
		{"failure.driver", "Snowflake's driver says: {said}"},
		{"failure.details", "{said} ({details})"},
		{"failure.code", "error {code}"},
		{"failure.state", "SQL state {state}"},
		{"failure.query", "query {id}"},
		{"failure.stopped_here", "It was stopped here."},
		{"failure.no_answer_in_time", "{host} did not answer in time."},
		{"failure.ended", "The session with {host} has ended."},
		{"failure.log_in_again", "Log in again."},
		{"failure.unreachable", "The account cannot be reached."},
		{"failure.unreachable_mend", "Check the network, the VPN or proxy, and that {host} is the account's host."},
		{"failure.no_answer", "no answer from {host}: {why}"},
		{"failure.unreadable", "The account gave no answer that can be read."},
		{"failure.unreadable_mend", "Try again; https://status.snowflake.com tells of outages."},
		{"failure.host_said", "{host}: {why}"},
		{"failure.redirect", "{from} redirects to {to}, and sleet follows no redirect to another host: your credentials would go with it."},
		{"failure.redirect_fix", "Check account and host of the connection. A proxy or the log-in page of a network can also redirect."},
		{"failure.too_big", "The answer of {host} is larger than {megabytes} MB."},
		{"failure.wait.lost", "connection lost, retrying ({try} of {all})"},
		{"failure.wait.answer", "waiting for {host}: {what} ({seconds} s)"},
		{"failure.wait.login", "log-in"},
		{"failure.wait.connection", "connecting"},
		{"failure.stopped", "stopped at {object}; the next apply goes on from there"},
		{"failure.stopped_by", "stopped at {object}; the next apply goes on from there: {why}"},
		{"failure.stopped_looking", "stopped looking at the account"},
		{"failure.journal", "the journal cannot be written, so the run ends here: {why}"},
		{"failure.value_missing", "the value of the secret {key} is missing"},
		{"failure.no_files", "no files were read to be sent"},
		{"failure.send", "the file {file} was not sent: {why}"},
		{"failure.kept", "edited in Snowsight, so not replaced: {files}\nCopy the edits into the folder, or replace them with --overwrite"},
		{"failure.unsendable", "cannot upload {files}: PUT does not take a quote, a backslash or a control character in a name\nRename the file and what reads it"},
		{"failure.first_only", "The account shows the first {count} only; type the name of another."},
	}
}

// profileTexts are those of connections and log-ins.
func profileTexts() [][2]string {
	return [][2]string{
		{"failure.profile.at", "{where}: {what}"},
		{"failure.profile.unusable", "the connection {name} cannot be used: {message}\n{fix}"},
		{"failure.profile.of", "the connection {name}: {why}"},
		{"failure.profile.environment", "the environment"},
		{"failure.profile.no_account", "the connection {name} has no account"},
		{"failure.profile.no_account_fix", "Add account = \"ORGANIZATION-ACCOUNT\"."},
		{"failure.profile.authenticator", "the authenticator is not known"},
		{"failure.profile.authenticator_fix", "Use one of: {names}."},
		{"failure.profile.address", "its account, region and host do not fit together: {why}"},
		{"failure.profile.default_file", "{key} does not count here: the name of the default connection belongs in config.toml"},
		{"failure.profile.default_file_fix", "Put {right} = \"{name}\" at the top of config.toml, or set SNOWFLAKE_DEFAULT_CONNECTION_NAME."},
		{"failure.profile.default_heading", "{key} does not count under [{heading}]: it must be above every heading of config.toml"},
		{"failure.profile.default_heading_fix", "Move {right} = \"{name}\" to the top of config.toml."},
		{"failure.profile.default_spelling", "the key {key} is not known; the name of the default connection is {right}"},
		{"failure.profile.default_spelling_fix", "Write {right} = \"{name}\" at the top of config.toml."},
		{"failure.profile.default_variable", "the variable {variable} is not read; the name of the default connection is in {right}"},
		{"failure.profile.default_variable_fix", "Set {right}={name} instead."},
		{"failure.profile.default_open", "it is not certain which connection is the default: {message}\n{fix} Or name it for this run: --connection {name}"},
		{"failure.profile.no_identifier", "{account} is an address without an account"},
		{"failure.profile.odd_account", "{account} is not an account identifier"},
		{"failure.profile.two_regions", "account names the region {region}, and region says {other}"},
		{"failure.profile.no_region", "{name}.{region} means the account {name} in the region {region}, and there is no such region"},
		{"failure.profile.account_fix", "Write account = \"ORGANIZATION-ACCOUNT\", with a hyphen; Snowsight shows both names under Account."},
		{"failure.profile.provider", "workload_identity_provider is not one of {names}"},
		{"failure.profile.provider_token", "the provider OIDC needs token or token_file_path"},
		{"failure.profile.key_old", "{key} is encrypted with {cipher}, which sleet does not open; convert it:\n{command}"},
		{"failure.profile.needs", "the authenticator {authenticator} needs {key}"},
		{"failure.profile.needs_fix", "Add {key}."},
		{"failure.profile.no_file", "there is no file {path}"},
		{"failure.profile.no_file_fix", "Check the path."},
		{"failure.profile.readable", "{path} has the mode {mode}: others can read it"},
		{"failure.profile.writable", "{path} has the mode {mode}: others can write to it, or it is executable: Snowflake's clients refuse it"},
		{"failure.profile.unread", "{path} cannot be read: {why}"},
		{"failure.profile.unread_fix", "Check the file and its permissions."},
		{"failure.profile.not_toml", "{path}:{line} is not TOML"},
		{"failure.profile.too_deep", "{path}:{line} is nested deeper than {most} levels"},
		{"failure.profile.not_toml_fix", "Look for a missing quote, bracket or equals sign in that line."},
		{"failure.profile.no_table", "{path}:{line}: {key} is no table, and belongs to no connection"},
		{"failure.profile.no_table_fix", "Move it under the [name] of a connection."},
		{"failure.profile.heading", "{path}:{line}: in connections.toml a connection's heading is [name], without connections"},
		{"failure.profile.heading_fix", "Take `connections.` out of its headings."},
		{"failure.profile.key", "the key {key} is not known"},
		{"failure.profile.key_fix", "Check its spelling; sleet sends only keys that it knows."},
		{"failure.profile.key_near", "Write {key}, if that is meant."},
		{"failure.profile.list", "{key} is a list or a table"},
		{"failure.profile.list_fix", "Write it as a text in quotes."},
		{"failure.profile.twice", "{key} is given twice"},
		{"failure.profile.twice_fix", "Keep one of its spellings: {names}."},
		{"failure.profile.expected", "{key} is not {expected}"},
		{"failure.profile.expected_fix", "Write {expected}."},
		{"failure.profile.variable_fix", "Set it to {expected}, or unset it."},
		{"failure.profile.a_port", "a port from 1 to 65535"},
		{"failure.profile.a_switch", "true or false"},
	}
}

// loginTexts are those of choosing a connection, adding one, and what a log-in is given.
func loginTexts() [][2]string {
	return [][2]string{
		{"failure.profile.all_unread", "the connections cannot be read: {message}\n{fix}"},
		{"failure.profile.empty", "there is no connection in {folder}\nMake one with `snow connection add`, set SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and SNOWFLAKE_PASSWORD, or try `--demo`"},
		{"failure.profile.no_default", "no connection is the default\nName one with --connection, or in SNOWFLAKE_DEFAULT_CONNECTION_NAME: {names}"},
		{"failure.profile.wrong_default", "the default connection is \"{name}\", and there is none of that name\nThere are: {names}"},
		{"failure.profile.unknown", "there is no connection \"{name}\" in {folder}\nThere are: {names}"},
		{"failure.profile.private", "cannot make {path} private: {why}"},

		{"failure.profile.add_incomplete", "a connection needs a name and an account"},
		{"failure.profile.add", "the connection {name} cannot be added: {why}"},
		{"failure.profile.add_not_toml", "the connection {name} cannot be added: {path} is not TOML; mend it first"},
		{"failure.profile.add_taken", "{path} has a connection {name} already; choose another name"},
		{"failure.profile.add_by_hand", "the connection {name} cannot be added behind what stands in {path}; add there by hand:\n{lines}"},
		{"failure.profile.folder", "the folder for connections cannot be made: {why}"},

		{"failure.profile.ask_password", "Password of {user} at {account}"},
		{"failure.profile.ask_passcode", "Passcode of {user} at {account}"},
		{"failure.profile.ask_phrase", "Pass-phrase of {key}"},
		{"failure.profile.no_password", "it has no password; set {variable} or SNOWFLAKE_PASSWORD"},
		{"failure.profile.no_token", "it has no token; set {variable}, or token_file_path in {where}"},
		{"failure.profile.token_unread", "the token cannot be read: {why}"},
		{"failure.profile.key_unread", "the private key cannot be read: {why}"},
		{"failure.profile.key_shut", "the private key does not open: the pass-phrase is wrong, or the key is of an unknown kind"},
		{"failure.profile.key_encrypted", "the private key is encrypted; set {variable} or PRIVATE_KEY_PASSPHRASE"},
		{"failure.profile.key_no_pem", "{key} holds no PEM block (-----BEGIN PRIVATE KEY-----)"},
		{"failure.profile.key_other", "{key} holds a {type}, not a private key"},
		{"failure.profile.key_no_rsa", "{key} holds no RSA key, and Snowflake takes no other"},
		{"failure.profile.key_none", "{key} holds no private key that can be read"},
	}
}

// stayTexts say why `sleet destroy` leaves an object where it is.
func stayTexts() [][2]string {
	return [][2]string{
		{"planned.goes_with", "it goes with what it is on"},
		{"planned.stays.may_need", "it stays: {users} may need it"},
		{"planned.stays.other_apps", "it stays: other apps are there, such as {app}"},
		{"planned.stays.held", "it stays: {object} uses it, and stays"},
		{"planned.stays.not_made", "it stays: sleet did not make it"},
		{"planned.stays.owned", "it stays: it belongs to the role {owner}"},
		{"planned.stays.used", "it stays: {users} uses it"},
		{"planned.stays.files", "it stays: files are in it"},
		{"planned.stays.other_files", "it stays: other files are in it, such as {file}"},
		{"planned.stays.other_things", "it stays: other things are in it, such as {name}"},
		{"planned.stays.unseen", "it stays: what else is in it cannot be seen"},
		{"planned.stays.unseen_why", "it stays: what else is in it cannot be seen: {why}"},
	}
}

// runTexts are those of looking at an account, and of a run.
func runTexts() [][2]string {
	return [][2]string{
		{"verified.not_shown", "The privileges of the role {role} are not shown to you: {why}"},
		{"verified.too_slow", "no answer within {seconds} seconds"},
		{"verified.slow", "{object}: no answer in time, so nothing is known of it"},
		{"verified.role_passed", "The role {role} cannot be taken; {own} looked in its place."},
		{"verified.resumes", "The run of {time} stopped before its end. {done}; this run goes on from there."},
		{"verified.resumes_at", "The run of {time} stopped before its end, at {object}. {done}; this run goes on from there."},
		{"verified.resumes_open", "The run of {time} stopped before its end, while the account was busy with {object}; whether that took effect was looked up just now. {done}; this run goes on from there."},
		{"verified.statement_done", "1 statement was done"},
		{"verified.statements_done", "{count} statements were done"},
		{"verified.stands_on", "it stands on {object}"},
		{"verified.handed_over", "left to an administrator"},
		{"verified.undone", "undone: {object}"},
		{"verified.not_undone", "not undone: {object}: {why}"},
		{"verified.restarted", "The app was restarted, so that it shows what is new."},
		{"verified.not_restarted", "The app was not restarted, and shows what is new once it has slept: {why}"},
		{"verified.not_kept", "The live version was not kept as a version before: {why}"},
		{"verified.gone", "Only in the account, not in the folder: {files}; --prune removes them."},
		{"verified.unproven", "Replaced files that sleet had not sent from here: {files}. The version before the last one has them."},
		{"verified.sent", "{files} files, {bytes} bytes"},
		{"verified.arrived", "{files} of {all} files, {bytes} bytes: {name}"},
		{"verified.silent", "{object} ({why})"},
		{"verified.no_value", "it gives no value"},

		{"planned.files.send", "send {files}"},
		{"planned.files.replace", "replace {files} edited in Snowsight"},
		{"planned.files.keep", "keep {files} edited in Snowsight"},
		{"planned.files.unproven", "{files} of them changed in the account since"},
		{"planned.files.remove", "remove {files}"},
		{"planned.files.withhold", "do not send {files}"},
		{"planned.files.same", "{files} as they are"},
		{"planned.files.single", "1 file"},
		{"planned.files.count", "{count} files"},
		{"planned.files.some", "{files} ({names})"},
	}
}

// fetchTexts are those of reading an app from an account.
func fetchTexts() [][2]string {
	return [][2]string{
		{"failure.fetch.app", "the app {name} cannot be read: {why}"},
		{"failure.fetch.no_files", "the app {name} has no files: neither a version nor a root location is shown"},
		{"failure.fetch.list", "the files of {name} at {folder} cannot be listed: {why}"},
		{"failure.fetch.file", "the file {file} of {name} cannot be read: {why}"},
		{"failure.fetch.missed_import", "the import {url}: {why}"},
		{"failure.fetch.missed_viewers", "who may use the app: {why}"},
		{"failure.fetch.missed_secret", "the type of the secret {name}: {why}"},
		{"failure.fetch.missed_rules", "the network rules of {name}: {why}"},
	}
}

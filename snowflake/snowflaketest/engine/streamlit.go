package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"time"

	"sleet/snowflake/snowflaketest/ddl"
	"sleet/snowflake/snowflaketest/grammar"
)

// The runtimes of apps.
const (
	WarehouseRuntime = ddl.WarehouseRuntime
	ContainerRuntime = "SYSTEM$ST_CONTAINER_RUNTIME_PY3_11"
	// versionedRuntime is another name of the warehouse runtime.
	versionedRuntime = "SYSTEM$ST_WAREHOUSE_RUNTIME_PY3_11"
)

// finishLegacy completes an app that reads its files from a stage.
func (s *Session) finishLegacy(o *object, root string) *grammar.Error {
	s.complyStreamlit(o)
	stage, folder, err := s.stageAt(root, "READ")
	if err != nil {
		return streamlitStage(root, err)
	}
	// https://docs.snowflake.com/en/sql-reference/sql/create-streamlit#access-control-requirements
	if err := s.mayCreate(grammar.KindStage, o.parts); err != nil {
		return err
	}
	o.props["ROOT_LOCATION"] = value{text: strings.TrimSuffix("@"+stage.full()+"/"+folder, "/")}
	return s.checkBindings(o)
}

// complyStreamlit sets an app's defaults.
func (s *Session) complyStreamlit(o *object) {
	if _, ok := o.props["MAIN_FILE"]; !ok {
		o.props["MAIN_FILE"] = value{text: "streamlit_app.py"}
	}
	if _, ok := o.props["TITLE"]; !ok {
		s.defaultTitle(o)
	}
	s.e.serial++
	sum := sha256.Sum256([]byte(fmt.Sprint(o.key(), s.e.serial)))
	o.props["URL_ID"] = value{text: hex.EncodeToString(sum[:10])}
}

// defaultTitle sets the title of an app that has none set.
func (s *Session) defaultTitle(o *object) {
	if !s.e.is(TitleNull) {
		o.props["TITLE"] = value{text: o.short()}
	}
}

// finishStreamlit completes an app: its runtime, its pool and its first version.
func (s *Session) finishStreamlit(o *object, from string) *grammar.Error {
	s.complyStreamlit(o)
	if _, ok := o.props["RUNTIME_NAME"]; !ok {
		o.runtimeDefault = true
		o.props["RUNTIME_NAME"] = value{text: ContainerRuntime}
		if s.e.Options.warehouseDefault {
			o.props["RUNTIME_NAME"] = value{text: WarehouseRuntime}
		}
	}
	if err := s.checkStreamlit(o); err != nil {
		return err
	}
	files := newStageFiles()
	if from == "" {
		files.Write("streamlit_app.py", []byte("import streamlit as st\n\nst.title(\"Example\")\n"), s.e.tick())
	} else {
		source, folder, err := s.filesAt(from, "READ")
		if err != nil {
			return streamlitStage(from, err)
		}
		files.copyFrom(source, strings.Trim(folder, "/"))
		if main := o.props["MAIN_FILE"].text; len(files.Under("")) == 0 {
			return grammar.Compile(1008, "22023", "No files found at '%s'.", from)
		} else if _, ok := files.Read(main); !ok {
			return grammar.Compile(1008, "22023", "Main file '%s' does not exist at '%s'.", main, from)
		}
	}
	o.versions = []appVersion{{name: "VERSION$1", files: files, created: s.e.tick()}}
	return nil
}

// checkStreamlit checks the requirements of an app's runtime.
// https://docs.snowflake.com/en/release-notes/bcr-bundles/2026_06/bcr-2342
func (s *Session) checkStreamlit(o *object) *grammar.Error {
	main := o.props["MAIN_FILE"].text
	switch runtime := o.props["RUNTIME_NAME"].text; runtime {
	case WarehouseRuntime, versionedRuntime:
		if len(o.props["ARTIFACT_REPOSITORIES"].list) > 0 {
			return grammar.Compile(1008, "22023", "ARTIFACT_REPOSITORIES is not supported by the warehouse runtime.")
		}
		if strings.Contains(main, "/") {
			return grammar.InvalidValue(main, "MAIN_FILE")
		}
	case ContainerRuntime:
		if main == "" || path.IsAbs(main) || path.Clean(main) != main || strings.HasPrefix(main, "..") {
			return grammar.InvalidValue(main, "MAIN_FILE")
		}
		if len(o.props["IMPORTS"].list) > 0 {
			return grammar.Compile(1008, "22023", "STREAMLIT_NO_IMPORTS_CONTAINER_RUNTIME: IMPORTS is not supported by container runtimes.")
		}
		if err := s.checkPool(o); err != nil {
			return err
		}
	default:
		return grammar.InvalidValue(runtime, "RUNTIME_NAME")
	}
	for _, repository := range o.props["ARTIFACT_REPOSITORIES"].list {
		if repository != "SNOWFLAKE.SNOWPARK.PYPI_SHARED_REPOSITORY" || !s.roles()[pypiKey()] {
			return grammar.Absent("Artifact repository", repository)
		}
	}
	return s.checkBindings(o)
}

// checkPool finds the pool of a container app and checks that the app can run in it.
func (s *Session) checkPool(o *object) *grammar.Error {
	pool, ok := o.props["COMPUTE_POOL"]
	if !ok {
		if s.e.parameters[defaultPool] == "" {
			return grammar.Compile(1008, "22023", "STREAMLIT_COMPUTE_POOL_NOT_SET: no COMPUTE_POOL was given and the account has no DEFAULT_STREAMLIT_COMPUTE_POOL.")
		}
		pool = value{text: s.e.parameters[defaultPool]}
		o.props["COMPUTE_POOL"] = pool
	}
	if s.e.forbidden() {
		return grammar.Compile(1008, "22023", "The workload type STREAMLIT is not allowed in this account.")
	}
	p := s.e.lookup(grammar.KindPool, pool.text)
	if p == nil {
		return grammar.Impossible()
	}
	if !s.e.has(s.primary(), "USAGE", p) {
		return noUsageOnPool(p)
	}
	if p.props["AUTO_RESUME"].text != "true" {
		return grammar.Compile(1008, "22023", "STREAMLIT_COMPUTE_POOL_NO_AUTO_RESUME: the compute pool '%s' has AUTO_RESUME = FALSE; a Streamlit needs it to be TRUE.", p.full())
	}
	return nil
}

// liveLocation returns the location of an app's live version.
func liveLocation(o *object) string { return "snow://streamlit/" + o.full() + "/versions/live/" }

func versionLocation(o *object, version string) string {
	return "snow://streamlit/" + o.full() + "/versions/" + version + "/"
}

// commit saves the live version as a new version.
func (o *object) commit(now time.Time) appVersion {
	files := newStageFiles()
	files.copyFrom(o.live, "")
	v := appVersion{name: fmt.Sprintf("VERSION$%d", len(o.versions)+1), files: files, created: now}
	o.versions = append(o.versions, v)
	return v
}

// opens returns an error if the session may not open the app. The owner always may; other roles need a live version,
// which the owner's first visit creates.
func (s *Session) opens(o *object) *grammar.Error {
	if err := s.must(o, "USAGE"); err != nil {
		return err
	}
	if o.live == nil && o.props["ROOT_LOCATION"].text == "" && !s.owns(o) {
		return grammar.NoLiveVersion()
	}
	return nil
}

// streamlitReference returns the error for an app that refers to an object that is missing or that its role may not
// use. err is the error of other statements.
func (s *Session) streamlitReference(kind string, n grammar.Name, err *grammar.Error) *grammar.Error {
	switch kind {
	case grammar.KindSecret:
		return grammar.Sentence("Secret '%s' does not exist or operation not authorized.", grammar.Qualified(n[len(n)-1]))
	case grammar.KindWarehouse:
		return grammar.Sentence("The specified warehouse %s does not exist or not authorized.", n.String())
	default:
		return err
	}
}

// streamlitStage returns the error for an app created from a stage that is missing or that its role may not use.
func streamlitStage(from string, err *grammar.Error) *grammar.Error {
	l, bad := readLocation(from)
	if err == nil || bad != nil || l.kind != grammar.KindStage || err.Code == 90105 || err.Code == 90106 {
		return err
	}
	return grammar.Sentence("The specified stage %s does not exist or the current role does not have access. "+
		"Owner of the Streamlit must have at least READ on the specified stage.", grammar.Qualified(l.name[len(l.name)-1]))
}

// streamlitSecret returns the error for a secret that no integration of the app allows.
func streamlitSecret(doing, secret string) *grammar.Error {
	if strings.HasPrefix(doing, "CREATE") {
		return grammar.Sentence("Using secrets requires a valid External Access Integration with allowed secrets.")
	}
	return grammar.Sentence("Integrations do not allow secret '%s'.", secret)
}

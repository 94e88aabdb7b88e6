"""Loads the snowflake.yml of each folder in a JSON list as the Snowflake CLI does, and gathers the
files that it would upload."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from snowflake.cli._plugins.streamlit.streamlit_entity import StreamlitEntity
from snowflake.cli._plugins.workspace.context import WorkspaceContext
from snowflake.cli.api.console import cli_console
from snowflake.cli.api.project.definition_manager import DefinitionManager


class Unconnected(StreamlitEntity):
    """The entity without a connection to take database and schema from."""

    _conn = SimpleNamespace(database=None, schema=None)


def load(folder: Path) -> dict[str, object]:
    definition = DefinitionManager(str(folder)).project_definition
    ((entity_id, model),) = [e for e in definition.entities.items() if e[1].type == "streamlit"]
    context = WorkspaceContext(cli_console, folder, lambda: "", lambda: None)
    entity = Unconnected(model, context)
    bundle = entity.bundle()
    files = [
        str(destination)
        for source, destination in bundle.all_mappings(expand_directories=True)
        if (folder / source).is_file()
    ]
    return {
        "id": entity_id,
        "name": str(model.fqn),
        "title": model.title,
        "comment": model.comment,
        "mainFile": model.main_file,
        "runtime": model.runtime_name,
        "pool": model.compute_pool,
        "secrets": model.secrets,
        "integrations": model.external_access_integrations,
        "create": entity.get_deploy_sql(if_not_exists=True),
        "grants": model.get_grant_sqls(),
        "files": sorted(files),
    }


if __name__ == "__main__":
    json.dump([load(Path(folder)) for folder in json.load(sys.stdin)], sys.stdout)

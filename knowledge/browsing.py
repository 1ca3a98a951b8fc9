"""The built record as pages to browse: Datasette on the file, which it cannot change.

Only this module imports Datasette, which is an extra: asking and answering need nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from knowledge.errors import StoreError
from knowledge.paths import BROWSE_FOLDER
from knowledge.store import Store

if TYPE_CHECKING:
    from datasette.app import Datasette

#: The name that the metadata, its queries and the templates know the record by, whatever its file is called.
DATABASE = "record"

SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 2000,
    "suggest_facets": False,  # the metadata names those that are of use
}

_MISSING = "Datasette is not installed: `make browse` sets it up, or `pip install 'sitrep[browse]'`."


def pages(record: Path) -> Datasette:
    """Datasette's app on a built record, read-only and without plugins.

    Raises StoreError if Datasette is not installed, or if the record cannot be used.
    """
    try:
        from datasette.app import Datasette
        from datasette.database import Database
    except ImportError as error:
        raise StoreError(_MISSING) from error
    Store(record).close()  # for its errors: a file that is missing, no record, or of another version
    _leave_plugins_out()
    metadata = yaml.safe_load((BROWSE_FOLDER / "metadata.yaml").read_text(encoding="utf-8"))
    app = Datasette(
        [],
        metadata=metadata,
        settings=SETTINGS,
        template_dir=str(BROWSE_FOLDER / "templates"),
        static_mounts=[("browse", str(BROWSE_FOLDER / "static"))],
    )
    app.add_database(Database(app, path=str(record), is_mutable=False), name=DATABASE)
    app.remove_database("_memory")  # is there only because no file was given by its path
    _let_templates_ask(app, metadata["databases"][DATABASE]["queries"]["figures_of_a_source"]["sql"])
    return app


def serve(record: Path, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve a built record until the process is told to stop; `ready` is called once it can be used."""
    app = pages(record)
    import uvicorn

    config = uvicorn.Config(app.app(), host=host, port=port, log_level="warning", lifespan="on")
    sockets = [config.bind_socket()]  # ends with a sentence if the address is taken
    ready()
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=sockets)


def _let_templates_ask(app: Datasette, sql: str) -> None:
    """Give the page of a source its figures, by the same query that anyone can run."""

    async def figures_of(source: str) -> list[dict[str, object]]:
        found = await app.execute(DATABASE, sql, {"source": source})
        return [dict(row) for row in found.rows]

    app.jinja_env.globals["figures_of"] = figures_of


def _leave_plugins_out() -> None:
    """Take out plugins of other packages that Datasette found; what it ships with stays."""
    from datasette.plugins import pm

    for plugin, _ in pm.list_plugin_distinfo():
        pm.unregister(plugin)

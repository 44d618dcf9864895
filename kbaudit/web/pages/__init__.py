"""The pages, one blueprint a subject."""

from kbaudit.web.pages import ask, keys, library, operations, probes, queue, seasons

BLUEPRINTS = (
    queue.blueprint,
    library.blueprint,
    seasons.blueprint,
    operations.blueprint,
    ask.blueprint,
    probes.blueprint,
    keys.blueprint,
)

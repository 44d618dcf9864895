"""The pages, one blueprint a subject."""

from kbaudit.web.pages import ask, keys, library, operations, probes, queue, review, seasons

BLUEPRINTS = (
    queue.blueprint,
    review.blueprint,
    library.blueprint,
    seasons.blueprint,
    operations.blueprint,
    ask.blueprint,
    probes.blueprint,
    keys.blueprint,
)

"""Golden probes: how well known questions are found over time, which got worse, and which to accept."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from kbaudit.errors import UsageError
from kbaudit.store import access, documents, probes, runs
from kbaudit.web.auth import me, needs
from kbaudit.web.charts import lines
from kbaudit.web.context import context, now

blueprint = Blueprint("probes", __name__)
POINTS = 60
MOST_TITLES = 500


@blueprint.get("/probes")
def index() -> str:
    """Measures over time, every probe's rank now and before, and what waits for a decision."""
    with context().store.read() as db:
        points = probes.history(db, POINTS)
        standings = probes.standings(db)
        proposed = probes.listed(db, ("proposed",))
        accepted = probes.listed(db, ("accepted",))
        dismissed = probes.listed(db, ("dismissed",))
        titles = documents.called(db, [name for item in (*proposed, *accepted) for name in item.expected][:MOST_TITLES])
        looking = runs.is_asked(db, "probes")
    measures = [
        ("recall@5", "one", [point.measures.recall_5 for point in points]),
        ("MRR", "two", [point.measures.mrr for point in points]),
        ("nDCG@10", "three", [point.measures.ndcg_10 for point in points]),
    ]
    measured = {item.probe.id for item in standings}
    return render_template(
        "probes.html",
        points=points,
        lines=lines([point.at for point in points], measures),
        standings=standings,
        worse=sum(item.moved == "worse" for item in standings),
        better=sum(item.moved == "better" for item in standings),
        common=sum(item.known_before for item in standings),
        unmeasured=[item for item in accepted if item.id not in measured],
        proposed=proposed,
        dismissed=dismissed,
        many=len({item.locale for item in (*proposed, *accepted)}) > 1,
        titles=titles,
        looking=looking,
    )


@blueprint.get("/probes.toml")
def export() -> Response:
    """What people accepted, as tables of probes.toml."""
    from kbaudit.export.probes_toml import render

    with context().store.read() as db:
        text = render(probes.accepted(db))
    name = {"Content-Disposition": "attachment; filename=probes.toml"}
    return Response(text, mimetype="application/toml", headers=name)


@blueprint.post("/probes/propose")
@needs("editor")
def propose() -> Answer:
    """Ask the worker to look for questions."""
    with context().store.write() as db:
        runs.request(db, "probes", by=me(), now=now())
    flash("Asked for. What is found appears here within a minute.", "good")
    return redirect(url_for("probes.index"), 303)


@blueprint.post("/probes/add")
@needs("editor")
def add() -> Answer:
    """A question with the article that answers it, as somebody saw on the page where one asks."""
    form = request.form
    question, source, id_ = (form.get(name, "").strip()[:1000] for name in ("question", "source", "id"))
    with context().store.write() as db:
        if documents.get(db, source, id_) is None:
            abort(404, f"There is no article {id_} in {source}.")
        try:
            item = probes.add(db, question, [f"{source}/{id_}"], by=me(), now=now())
        except UsageError as error:
            flash(f"That does not work: {error}", "bad")
            return redirect(url_for("probes.index"), 303)
        access.log(db, me(), "probe.accepted", now=now(), target=item.id)
    flash("Accepted. It is measured from the next audit on.", "good")
    return redirect(url_for("probes.index"), 303)


@blueprint.post("/probes/<id>/<decision>")
@needs("editor")
def decide(id: str, decision: str) -> Answer:
    """Accept or dismiss one; the articles that answer it may be changed."""
    states: dict[str, probes.State] = {"accept": "accepted", "dismiss": "dismissed"}
    if decision not in states:
        abort(404)
    expected = [name.strip() for name in request.form.get("expected", "").splitlines() if name.strip()][:20]
    try:
        with context().store.write() as db:
            item = probes.decide(db, id, states[decision], by=me(), now=now(), expected=expected)
            access.log(db, me(), f"probe.{item.state}", now=now(), target=id)
    except UsageError as error:
        flash(f"That does not work: {error}", "bad")
        return redirect(url_for("probes.index"), 303)
    said = "Accepted. It is measured from the next audit on." if decision == "accept" else "Dismissed."
    flash(said, "good")
    return redirect(url_for("probes.index") + "#proposed", 303)

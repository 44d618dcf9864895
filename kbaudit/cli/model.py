"""`kbaudit model`: prepare or check the embedding model."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Prepare or check the embedding model.")


@app.command()
def prepare() -> None:
    """Make the ONNX file from the bundled weights, once (about 10 seconds)."""
    from kbaudit.index.encoder import prepare as make

    typer.echo(f"model ready: {make()}")


@app.command()
def check() -> None:
    """Check the hashes of the weights and of the ONNX file, and encode one text."""
    from kbaudit.index.encoder import OnnxEncoder, check_bundled

    check_bundled()
    encoder = OnnxEncoder()
    rows = encoder.encode(["How long do I have to return something?"])
    typer.echo(f"model good: {encoder.name}, {rows.shape[1]} dimensions")

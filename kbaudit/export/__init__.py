"""Findings to JSON, SARIF, CSV, HTML and text. Each module has one `render(report) -> str`."""

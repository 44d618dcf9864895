"""Errors as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Response
from pydantic import BaseModel, Field, ValidationError


class Problem(BaseModel):
    """What every error answers with."""

    type: str = Field("about:blank", description="A link to the kind of error; about:blank means the status says it.")
    title: str = Field(description="The kind of error.")
    status: int = Field(description="The HTTP status, again.")
    detail: str = Field("", description="What was seen and what to do.")
    errors: list[dict[str, Any]] = Field(
        default_factory=list, description="Field by field, where the input was refused."
    )


def problem(status: int, title: str = "", detail: str = "", errors: list[dict[str, Any]] | None = None) -> Response:
    """A problem+json answer."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    return Response(json.dumps(body, ensure_ascii=False), status=status, mimetype="application/problem+json")


def described(spec: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI description whose errors are problem+json, as they are sent."""
    for methods in spec["paths"].values():
        for operation in methods.values():
            for status, answer in operation.get("responses", {}).items():
                content = answer.get("content", {})
                if status >= "400" and "application/json" in content:
                    content["application/problem+json"] = content.pop("application/json")
    return spec


def invalid(error: ValidationError) -> Response:
    """Input that does not fit the schema: 422 with every field that is wrong."""
    errors = [
        {"field": ".".join(map(str, item["loc"])), "reason": item["msg"]}
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    names = ", ".join(dict.fromkeys(item["field"] for item in errors if item["field"]))
    return problem(422, "The input was not understood", f"See errors: {names or 'the body'}.", errors)

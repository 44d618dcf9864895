"""Pages and API over the store. This process holds no model, no vector index and no scheduler."""

from kbaudit.web.app import create_app

__all__ = ["create_app"]

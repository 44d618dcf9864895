"""kbaudit keeps the knowledge base that a shop's support answers from honest."""

__version__ = "0.1.0"

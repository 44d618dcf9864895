"""The embedded service: a small parent that starts `web` and `worker` and restarts what dies (`parent`), and the web
process itself (`web`). The web process holds no model, no index and no scheduler."""

# syntax=docker/dockerfile:1
# Build:  docker build -t kbaudit .
# Run:    docker run -p 8420:8420 -v kbaudit:/data kbaudit

FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/kbaudit
ENV PATH=/opt/kbaudit/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY constraints.txt ./
# Pinned and first, so that pip takes the CPU build.
RUN pip install -c constraints.txt "$(grep '^torch==' constraints.txt)"
COPY pyproject.toml README.md LICENSE ./
COPY kbaudit kbaudit
COPY connectors connectors
COPY config config
RUN pip install -c constraints.txt . && pip check
# The ONNX export of the bundled model, so that a container starts without making it.
ENV KBAUDIT_CACHE=/opt/kbaudit/cache
RUN kbaudit model prepare

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home kbaudit && install -d -o kbaudit -g kbaudit /data
COPY --from=build /opt/kbaudit /opt/kbaudit
RUN install -d -o kbaudit -g kbaudit /opt/kbaudit/cache && chown -R kbaudit:kbaudit /opt/kbaudit/cache
ENV PATH=/opt/kbaudit/bin:$PATH \
    KBAUDIT_CACHE=/opt/kbaudit/cache \
    HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 HF_HUB_DISABLE_TELEMETRY=1 ANONYMIZED_TELEMETRY=False \
    PYTHONUNBUFFERED=1
USER kbaudit
WORKDIR /data
VOLUME /data
EXPOSE 8420
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8420/healthz', timeout=4)"]
ENTRYPOINT ["sh", "-c", "test -d /data/config || kbaudit init /data; exec kbaudit serve --data /data --host 0.0.0.0 --port 8420"]

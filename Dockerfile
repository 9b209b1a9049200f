# syntax=docker/dockerfile:1
# Overheard in a container: docs/docker.md says how to run it, and compose.yaml runs it with everything it needs.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
WORKDIR /source
RUN python -m venv /opt/overheard
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE overheard.py ./
COPY adapters adapters
COPY bot bot
COPY knowledge knowledge
RUN /opt/overheard/bin/python -m pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt '.[cards]' \
    && /opt/overheard/bin/python -m pip uninstall --yes --quiet pip

FROM python:${PYTHON}-slim
RUN groupadd --gid 10001 overheard \
    && useradd --uid 10001 --gid overheard --no-create-home --home-dir /data --shell /usr/sbin/nologin overheard \
    && install --directory --owner=overheard --group=overheard /cache /data /library
COPY --from=build /opt/overheard /opt/overheard
COPY deploy/healthy.py /opt/overheard/healthy.py
# The only folders written to: the index in /cache, persistent state in /data, imports in /library.
ENV PATH=/opt/overheard/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    XDG_DATA_HOME=/data \
    XDG_STATE_HOME=/data \
    OVERHEARD_CACHE=/cache
VOLUME ["/cache", "/data"]
WORKDIR /data
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m CMD ["python", "/opt/overheard/healthy.py"]
ENTRYPOINT ["overheard"]
CMD ["run"]

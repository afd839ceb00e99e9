"""The rate of one task's requests: in no second more of them leave than it may send."""

from __future__ import annotations

import functools
import http.client
import threading
import time
import urllib.request
from typing import Any

# A second by the service's clock may be shorter than one by ours.
_SECOND = 1.02


class Rate:
    """Limits the requests in any second, retries included."""

    def __init__(self, per_second: float) -> None:
        """Creates a limit.

        :param per_second: less than 1 for a request every few seconds, 0 for no limit
        """
        self._most = max(1, int(per_second)) if per_second > 0 else 0
        self._window = _SECOND * max(1.0, self._most / per_second) if per_second > 0 else 0.0
        # When each of the latest requests left; None while it is on its way out.
        self._left: dict[Permit, float | None] = {}
        self._paused_until = 0.0
        self._changed = threading.Condition()

    def wait(self) -> Permit:
        """Waits until a request may be sent."""
        with self._changed:
            while True:
                now = time.monotonic()
                pause: float | None = self._paused_until - now
                if self._most:
                    self._left = {one: at for one, at in self._left.items() if at is None or at + self._window > now}
                    if len(self._left) >= self._most:
                        ends = [at + self._window for at in self._left.values() if at is not None]
                        # If all are on their way out, none of their seconds has begun.
                        pause = max(self._paused_until, min(ends)) - now if ends else None
                if pause is not None and pause <= 0:
                    permit = Permit(self)
                    if self._most:
                        self._left[permit] = None
                    return permit
                self._changed.wait(pause)

    def pause(self, seconds: float) -> None:
        """Holds all requests back, as the service demands."""
        with self._changed:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)

    def _has_left(self, permit: Permit) -> None:
        with self._changed:
            if permit in self._left and self._left[permit] is None:
                self._left[permit] = time.monotonic()
                self._changed.notify_all()


class Permit:
    """Lets one request out. Its second begins when the request has left, however long the connection takes."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate

    def left(self) -> None:
        """Records that the request has left; only the first call counts."""
        self._rate._has_left(self)

    def __enter__(self) -> Permit:
        return self

    def __exit__(self, *_: Any) -> None:
        # Of a request that failed on its way, a part may have arrived.
        self.left()


class PermittedRequest(urllib.request.Request):
    """A request with its permit."""

    permit: Permit


class _Connection(http.client.HTTPConnection):
    """A connection that tells a permit when the request has left."""

    permit: Permit

    def endheaders(self, message_body: Any = None, *, encode_chunked: bool = False) -> None:
        super().endheaders(message_body, encode_chunked=encode_chunked)
        self.permit.left()


class _SecureConnection(http.client.HTTPSConnection):
    """The same with TLS."""

    permit: Permit

    def endheaders(self, message_body: Any = None, *, encode_chunked: bool = False) -> None:
        super().endheaders(message_body, encode_chunked=encode_chunked)
        self.permit.left()


def _connect(
    kind: type[_Connection | _SecureConnection], permit: Permit, host: str, **settings: Any
) -> http.client.HTTPConnection:
    connection = kind(host, **settings)
    connection.permit = permit
    return connection


class _Handler(urllib.request.HTTPHandler):
    """Sends by connections that tell the permit."""

    def http_open(self, req: Any) -> Any:
        return self.do_open(functools.partial(_connect, _Connection, req.permit), req)


class _SecureHandler(urllib.request.HTTPSHandler):
    """The same with TLS."""

    def https_open(self, req: Any) -> Any:
        context: Any = getattr(self, "_context", None)
        return self.do_open(functools.partial(_connect, _SecureConnection, req.permit), req, context=context)


def opener(*handlers: Any) -> urllib.request.OpenerDirector:
    """An opener for permitted requests."""
    return urllib.request.build_opener(_Handler, _SecureHandler, *handlers)

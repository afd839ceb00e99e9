"""The rate of a task's requests, in the data source without a jar."""

import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from spark_ncbi_gene._pure.rate import PermittedRequest, Rate, opener


class Waiting:
    """A thread that waits for a permit."""

    def __init__(self, rate):
        self.since = None
        self.thread = threading.Thread(target=self.run, args=(rate,))
        self.thread.start()

    def run(self, rate):
        permit = rate.wait()
        self.since = time.monotonic()
        permit.left()

    def join(self):
        self.thread.join(30)
        assert self.since is not None
        return self.since


def test_a_second_begins_when_a_request_has_left():
    rate = Rate(2)
    first, second = rate.wait(), rate.wait()
    waiting = Waiting(rate)
    # Both connections take longer than a second.
    waiting.thread.join(1.2)
    assert waiting.since is None
    left = time.monotonic()
    second.left()
    waiting.thread.join(0.2)
    first.left()

    assert waiting.join() - left >= 1


def test_a_request_that_fails_on_its_way_counts():
    rate = Rate(1)
    start = time.monotonic()
    with pytest.raises(ValueError), rate.wait():
        raise ValueError

    assert Waiting(rate).join() - start >= 1


def test_a_rate_of_less_than_one_is_one_in_a_longer_time():
    rate = Rate(0.5)
    start = time.monotonic()
    rate.wait().left()

    assert Waiting(rate).join() - start >= 2


def test_without_a_limit_only_a_pause_counts():
    rate = Rate(0)
    start = time.monotonic()
    for _ in range(100):
        rate.wait()
    rate.pause(1)

    assert Waiting(rate).join() - start >= 1


def test_a_permit_is_told_when_its_request_has_left_and_not_before():
    received, answer = threading.Event(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            received.set()
            answer.wait(30)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        rate = Rate(1)
        request = PermittedRequest(f"http://127.0.0.1:{server.server_port}/", b"body", method="POST")
        request.permit = rate.wait()
        waiting = Waiting(rate)
        waiting.thread.join(1.2)
        assert waiting.since is None
        sending = threading.Thread(target=lambda: opener().open(request, timeout=30).close())
        sent = time.monotonic()
        sending.start()
        assert received.wait(30)

        # The response is still to come.
        assert waiting.join() - sent >= 1
        answer.set()
        sending.join(30)
        assert not sending.is_alive()
        server.shutdown()


def test_a_host_that_cannot_be_reached_is_an_error():
    request = PermittedRequest("http://127.0.0.1:1/")
    request.permit = Rate(0).wait()

    with pytest.raises(urllib.error.URLError):
        opener().open(request, timeout=5)

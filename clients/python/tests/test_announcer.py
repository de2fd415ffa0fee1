"""Announcements against an HTTP server on loopback that answers as it is told."""

import json
import logging
import os
import threading
import types
import unittest
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from salient import SalientCallback
from salient.announcer import Announcer
from salient.names import run_name

SECONDS = 20


class Server:
    """Answers with each of some statuses in turn, the last one for good, and keeps what it got."""

    def __init__(self, *statuses, port=0):
        self.bodies = []
        self.paths = []
        self.tokens = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = statuses[min(len(owner.bodies), len(statuses) - 1)]
                owner.bodies.append(json.loads(body))
                owner.paths.append(self.path)
                owner.tokens.append(self.headers["Authorization"])
                answer = json.dumps({"detail": "outside of the roots"}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format, *args):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._http.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self):
        self._http.shutdown()
        self._http.server_close()


@contextmanager
def server(*statuses, port=0):
    running = Server(*statuses, port=port)
    try:
        yield running
    finally:
        running.close()


@contextmanager
def redirect(to):
    """The address of a server that sends everyone to another."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_response(302)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format, *args):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http.server_address[1]}"
    finally:
        http.shutdown()
        http.server_close()


@contextmanager
def told_of(logger):
    """An event that is set when the logger is told something."""
    told = threading.Event()
    handler = logging.Handler()
    handler.emit = lambda record: told.set()
    logging.getLogger(logger).addHandler(handler)
    try:
        yield told
    finally:
        logging.getLogger(logger).removeHandler(handler)


def announcer(address):
    return Announcer(address, first_pause=0.01, longest_pause=0.05, timeout=SECONDS)


def checkpoint(step):
    return {"run": "r", "step": step, "uri": f"/runs/r/checkpoint-{step}", "baseline": False}


def saved(callback, step, zero=True, output="/runs/my run"):
    state = types.SimpleNamespace(global_step=step, is_world_process_zero=zero)
    callback.on_save(types.SimpleNamespace(output_dir=output), state, None)


class AnnouncerTest(unittest.TestCase):
    def test_should_announce_in_order(self):
        with server(202) as salient:
            to = announcer(salient.address + "/")
            for step in range(5):
                to.announce(checkpoint(step))

            self.assertTrue(to.wait(SECONDS))

        self.assertEqual([checkpoint(step) for step in range(5)], salient.bodies)
        self.assertEqual({"/checkpoints"}, set(salient.paths))

    def test_should_try_again_while_the_server_fails(self):
        with server(503, 500, 202) as salient, self.assertLogs("salient") as logs:
            to = announcer(salient.address)
            to.announce(checkpoint(1))
            to.announce(checkpoint(2))

            self.assertTrue(to.wait(SECONDS))

        self.assertEqual([1, 1, 1, 2], [body["step"] for body in salient.bodies])
        told = [line for line in logs.output if "nothing takes checkpoints" in line]
        self.assertEqual(1, len(told), logs.output)
        self.assertTrue(any("answers again" in line for line in logs.output), logs.output)

    def test_should_wait_for_a_server_that_comes_later(self):
        with server(202) as first:
            port = first.port
        with self.assertLogs("salient") as logs:
            to = announcer(f"http://127.0.0.1:{port}")
            with told_of("salient") as told:
                to.announce(checkpoint(7))
                self.assertTrue(told.wait(SECONDS))
            with server(202, port=port) as salient:
                self.assertTrue(to.wait(SECONDS))

        self.assertEqual([checkpoint(7)], salient.bodies)
        self.assertIn("Start ./salient watch", logs.output[0])

    def test_should_know_that_a_server_answers_that_refuses(self):
        with server(503, 400, 503, 202) as salient, self.assertLogs("salient") as logs:
            to = announcer(salient.address)
            to.announce(checkpoint(1))
            to.announce(checkpoint(2))
            self.assertTrue(to.wait(SECONDS))

        self.assertEqual([1, 1, 2, 2], [body["step"] for body in salient.bodies])
        silent = [line for line in logs.output if "nothing takes checkpoints" in line]
        self.assertEqual(2, len(silent), logs.output)

    def test_should_tell_a_refusal_and_go_on(self):
        with server(400, 202) as salient, self.assertLogs("salient") as logs:
            to = announcer(salient.address)
            to.announce(checkpoint(1))
            to.announce(checkpoint(2))
            self.assertTrue(to.wait(SECONDS))

        self.assertEqual([1, 2], [body["step"] for body in salient.bodies])
        self.assertEqual(1, len(logs.output), logs.output)
        self.assertIn("outside of the roots", logs.output[0])
        self.assertIn("salient.extractor.roots", logs.output[0])

    def test_should_show_its_token_or_that_of_the_environment(self):
        with server(202) as salient:
            plain = announcer(salient.address)
            own = Announcer(salient.address, token="mine-0123456789")
            with patch.dict(os.environ, SALIENT_TOKEN=" of-the-environment\n"):
                shared = Announcer(salient.address)
            for to in (plain, own, shared):
                to.announce(checkpoint(1))
                self.assertTrue(to.wait(SECONDS))

        self.assertEqual(
            [None, "Bearer mine-0123456789", "Bearer of-the-environment"], salient.tokens
        )

    def test_should_name_the_token_when_it_is_refused_and_never_tell_it(self):
        with server(403) as salient, self.assertLogs("salient") as logs:
            to = Announcer(salient.address, token="mine-0123456789")
            to.announce(checkpoint(1))
            self.assertTrue(to.wait(SECONDS))
        self.assertIn("SALIENT_TOKEN", logs.output[0])
        self.assertNotIn("mine-", logs.output[0])
        with self.assertRaises(ValueError) as refused:
            Announcer(salient.address, token="mine\nX-Evil: 1")
        self.assertNotIn("mine", str(refused.exception))

    def test_should_show_its_token_to_no_other_server(self):
        with (
            server(202) as other,
            redirect(other.address) as salient,
            self.assertLogs("salient"),
        ):
            to = Announcer(salient, token="mine-0123456789")
            to.announce(checkpoint(1))
            self.assertTrue(to.wait(SECONDS))

        self.assertEqual([], other.tokens)

    def test_should_refuse_an_address_that_is_none(self):
        for address in ("127.0.0.1:8080", "ftp://host", "http://"):
            with self.subTest(address), self.assertRaisesRegex(ValueError, "http://127.0.0.1:8080"):
                Announcer(address)


class CallbackTest(unittest.TestCase):
    def test_should_announce_the_folder_of_the_checkpoint(self):
        with server(202) as salient:
            to = announcer(salient.address)
            saved(SalientCallback(announcer=to, baseline_step=10), 10)
            saved(SalientCallback(announcer=to, run="mine", seen_as="/mnt/r"), 20)
            self.assertTrue(to.wait(SECONDS))

        first, second = salient.bodies
        self.assertEqual(
            {
                "run": "my run",
                "step": 10,
                "uri": "/runs/my run/checkpoint-10",
                "baseline": True,
            },
            first,
        )
        self.assertEqual("mine", second["run"])
        self.assertEqual("/mnt/r/checkpoint-20", second["uri"])
        self.assertFalse(second["baseline"])

    def test_should_announce_by_rank_zero_alone(self):
        to = announcer("http://127.0.0.1:9")
        saved(SalientCallback(announcer=to), 10, zero=False)

        self.assertEqual(0, to.waiting)

    def test_should_never_fail_a_training(self):
        with self.assertLogs("salient") as logs:
            saved(SalientCallback(announcer=announcer("http://127.0.0.1:9")), 10, output=None)

        self.assertIn("step 10 was not announced", logs.output[0])


class RunNameTest(unittest.TestCase):
    def test_should_name_runs_as_the_server_does(self):
        names = {"bert-genre": "bert-genre", "..out": "out", "a/b\tc": "a_b_c", "": "run"}
        self.assertEqual(names, {folder: run_name(folder) for folder in names})
        self.assertEqual(200, len(run_name("x" * 300)))
        self.assertEqual("é", run_name("e\u0301"))


if __name__ == "__main__":
    unittest.main()

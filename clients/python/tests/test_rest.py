"""Results read from an HTTP server on loopback that asks for a token."""

import json
import threading
import unittest
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from salient.rest import RestApi, SalientError

TOKEN = "view-0123456789"


@contextmanager
def locked():
    """The address of a server that knows one token."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.headers["Authorization"] == f"Bearer {TOKEN}"
            answer = json.dumps([] if known else {"detail": "A token is needed"}).encode()
            self.send_response(200 if known else 401)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format, *args):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http.server_address[1]}"
    finally:
        http.shutdown()
        http.server_close()


class RestTest(unittest.TestCase):
    def test_should_show_its_token(self):
        with locked() as address:
            self.assertEqual([], RestApi(address, token=TOKEN).runs())

    def test_should_name_the_token_when_it_is_refused_and_never_tell_it(self):
        with locked() as address, self.assertRaises(SalientError) as refused:
            RestApi(address, token="wrong-0123456789").runs()

        self.assertIn("A token is needed", str(refused.exception))
        self.assertIn("SALIENT_TOKEN", str(refused.exception))
        self.assertNotIn("wrong-", str(refused.exception))

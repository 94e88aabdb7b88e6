"""Every host that an app calls, as one HTTP server on loopback."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter


class Hosts:
    """Answers what is asked of any host; `answer` is the HTTP status, or "hang"."""

    def __init__(self) -> None:
        self.answer: int | str = 200
        self.text = ""
        self.asked: list[SimpleNamespace] = []
        hosts = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hosts.reply(self)

            do_POST = do_GET

            def log_message(self, *arguments: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.adapter = Loopback(self.server.server_port)
        self.real = requests.Session.get_adapter

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        requests.Session.get_adapter = lambda session, url: self.adapter
        return self

    def __exit__(self, *error: object) -> None:
        requests.Session.get_adapter = self.real
        self.server.shutdown()

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        url = handler.headers["X-Url"]
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        self.asked.append(SimpleNamespace(url=url, headers=handler.headers, body=body))
        if self.answer == "hang":
            time.sleep(0.5)
            return
        text = self.text if handler.command == "POST" else f"hello from {url}"
        handler.send_response(int(self.answer))
        handler.end_headers()
        handler.wfile.write(text.encode())


class Loopback(HTTPAdapter):
    """Sends each request to the server on loopback instead of its own host."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def send(
        self, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        url = urlsplit(request.url)
        assert options["timeout"], "a request without a time-out"
        options["timeout"] = 0.2 if url.path in ("", "/") else 5
        request.headers["X-Url"] = f"{url.scheme}://{url.netloc}{url.path.rstrip('/')}"
        request.url = f"http://127.0.0.1:{self.port}{url.path}"
        return super().send(request, **options)

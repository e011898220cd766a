"""A mail server for tests that listens on this machine and misbehaves on request."""

import socketserver
from collections import Counter
from email import message_from_bytes
from threading import Lock, Thread


class PostOffice:
    """Takes mail by SMTP on a free port; `misbehave` decides what becomes of each attempt.

    `misbehave(number)` gets the number of the attempt, from 1, and returns "" to take the mail,
    an answer such as "451 later" to refuse it, "hang up" to break off before taking it, or
    "swallow" to take it and break off before saying so.
    """

    def __init__(self, misbehave=lambda _number: ""):
        self.misbehave = misbehave
        self.taken = []
        self.attempts = 0
        self._lock = Lock()
        office = self

        class Desk(socketserver.StreamRequestHandler):
            def handle(self):
                office.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Desk)
        self.port = self._server.server_address[1]

    def __enter__(self):
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def copies(self):
        """How often each Message-ID was taken."""
        return Counter(message["Message-ID"] for message in self.taken)

    def talk(self, desk):
        def say(line):
            desk.wfile.write(f"{line}\r\n".encode())

        say("220 ready")
        for raw in desk.rfile:
            word = raw.decode().split(" ")[0].strip().upper()
            if word == "DATA":
                say("354 go on")
                if not self._take(desk, say):
                    return
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _take(self, desk, say):
        lines = []
        for raw in desk.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw.removeprefix(b".") if raw.startswith(b"..") else raw)
        with self._lock:
            self.attempts += 1
            mood = self.misbehave(self.attempts)
            if mood in {"", "swallow"}:
                self.taken.append(message_from_bytes(b"".join(lines)))
        if mood in {"hang up", "swallow"}:
            return False
        say(mood or "250 taken")
        return True

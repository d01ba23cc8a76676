"""A stand-in for a provider: an HTTP server on loopback that speaks the wire formats of both SDKs.

`play` decides what comes of each request: it is given the sentences that were sent, by id, and how many
requests came before, and gives an `Act`. What it was sent stands in `seen`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SENTENCE = re.compile(r'^(s\d+) (".*")$', re.MULTILINE)
TOKENS_IN, TOKENS_OUT = 1200, 300


@dataclass(frozen=True)
class Act:
    """An answer's text, or what comes in its place."""

    text: str = ""
    status: int = 200
    ended: str = "whole"  # "cut", "refused", "empty"
    headers: Mapping[str, str] = field(default_factory=dict)
    said: str = "the stand-in says no"
    raw: str = ""  # a body that is none of the API
    hangs: bool = False
    breaks: bool = False  # the connection ends within the answer
    flood: int = 0  # kilobytes that come in place of an answer
    message: Mapping[str, Any] = field(default_factory=dict)  # what else stands in a message of OpenAI's form
    told: Mapping[str, Any] = field(default_factory=dict)  # and in the body itself: usage


@dataclass(frozen=True)
class Seen:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def turns(self) -> list[str]:
        return [turn["content"] for turn in self.body["messages"] if turn["role"] != "system"]

    @property
    def sentences(self) -> dict[str, str]:
        return {name: json.loads(words) for name, words in SENTENCE.findall(self.turns[0])}


Play = Callable[[dict[str, str], int], Act]


class StandIn:
    """Runs while its context is open. `url` is where an SDK is to be led."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.seen: list[Seen] = []
        self.over = threading.Event()
        self.lock = threading.Lock()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                stand_in.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        data = handler.rfile.read(int(handler.headers["content-length"]))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self.lock:
            seen = Seen(handler.path, headers, json.loads(data))
            number = len(self.seen)
            self.seen.append(seen)
        self.say(handler, self.play(seen.sentences, number), seen)

    def say(self, handler: BaseHTTPRequestHandler, act: Act, seen: Seen) -> None:
        if act.hangs:
            self.over.wait(20)
            return
        theirs = handler.path.endswith("/v1/messages")
        body = act.raw or json.dumps(anthropic(act, seen) if theirs else openai(act, seen))
        handler.send_response(act.status)
        for name, value in {"content-type": "application/json", **act.headers}.items():
            handler.send_header(name, value)
        size = act.flood * 1000 or len(body.encode())
        handler.send_header("content-length", str(size))
        handler.end_headers()
        with suppress(OSError):  # who asked may have enough
            for _ in range(act.flood):
                handler.wfile.write(b" " * 1000)
            if not act.flood:
                handler.wfile.write(body.encode()[: size // 2 if act.breaks else size])
        handler.close_connection = act.breaks or bool(act.flood)


def anthropic(act: Act, seen: Seen) -> dict[str, Any]:
    """The form of api.anthropic.com/v1/messages."""
    if act.status != 200:
        return {"type": "error", "error": {"type": "api_error", "message": act.said}}
    content = [] if act.ended in ("empty", "refused") else [{"type": "text", "text": act.text}]
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": seen.body["model"],
        "content": content,
        "stop_reason": {"cut": "max_tokens", "refused": "refusal"}.get(act.ended, "end_turn"),
        "stop_sequence": None,
        "usage": {"input_tokens": TOKENS_IN, "output_tokens": TOKENS_OUT},
        **act.told,
    }


def openai(act: Act, seen: Seen) -> dict[str, Any]:
    """The form of api.openai.com/v1/chat/completions, and of local servers."""
    if act.status != 200:
        return {"error": {"message": act.said, "type": "server_error", "param": None, "code": None}}
    refusal = "I will not." if act.ended == "refused" else None
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": seen.body["model"],
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": None if act.ended in ("empty", "refused") else act.text,
                    "refusal": refusal,
                    **act.message,
                },
                "finish_reason": "length" if act.ended == "cut" else "stop",
            }
        ],
        "usage": {
            "prompt_tokens": TOKENS_IN,
            "completion_tokens": TOKENS_OUT,
            "total_tokens": TOKENS_IN + TOKENS_OUT,
        },
        **act.told,
    }


def told(**fields: Any) -> str:
    """An answer of the schema; what is not given is empty."""
    empty: dict[str, Any] = {
        name: []
        for name in "summary key_points key_figures people organisations places quotes dates whats_next topics".split()
    }
    return json.dumps({**empty, "why_it_matters": None, **fields})


def line(text: str, *evidence: str) -> dict[str, Any]:
    return {"text": text, "evidence": list(evidence)}

"""A native app around a WebView: WebKitGTK's, whose page has `webkit.messageHandlers` as in WKWebView.

    /usr/bin/python3 app.py ADDRESS [SESSION]

It is the other end of the bridge: it says who is signed in and where the phone is, and does the liveness
check itself. By lines of JSON a test asks it on its standard input to run script in the page, and hears on
its standard output what the page has told the app and what it has asked the browser for. It ends with its
input.
"""

import json
import sys
import threading
import urllib.request

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("JavaScriptCore", "6.0")
gi.require_version("WebKit", "6.0")
from gi.repository import GLib, Gtk, JavaScriptCore, WebKit  # noqa: E402

CAPABILITIES = ["session", "location", "liveness", "scan-mode", "haptics", "close"]
# Of a phone, in pixels.
SIZE = 390, 844
# Beijing, near the south station.
COORDINATES = {"latitude": 39.87, "longitude": 116.38}


def say(message):
    print(json.dumps(message), flush=True)


def envelope(kind, payload, message_id=None):
    said = {"version": 1, "type": kind, "payload": payload}
    return json.dumps(said if message_id is None else said | {"id": message_id})


def check_liveness(transaction):
    """What a provider's SDK would do, without the face: the mock's provider looks at none."""
    attempt = {"camera": True, "prompts": transaction["prompts"]}
    request = urllib.request.Request(
        transaction["provider"],
        json.dumps(attempt).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as response:
            said = json.load(response)
    except OSError:
        return {"status": "refused", "code": "liveness-unavailable"}
    if "assertion" in said:
        return {"status": "passed", "assertion": said["assertion"]}
    return {"status": "refused", "code": "liveness-failed", "attemptsLeft": said["attemptsLeft"]}


class App:
    def __init__(self, address, session):
        self.session = session
        self.loop = GLib.MainLoop()
        content = WebKit.UserContentManager()
        content.connect("script-message-with-reply-received::boardingId", self.hear)
        content.register_script_message_handler_with_reply("boardingId", None)
        self.view = WebKit.WebView(
            user_content_manager=content, network_session=WebKit.NetworkSession.new_ephemeral()
        )
        self.view.connect("permission-request", self.refuse)
        width, height = SIZE
        window = Gtk.Window(
            child=self.view, decorated=False, default_width=width, default_height=height
        )
        window.present()
        self.view.load_uri(address)
        threading.Thread(target=self.obey, daemon=True).start()

    def hear(self, _content, value, reply):
        """A message of the page. What is only told gets an empty answer at once."""
        message = json.loads(value.to_string())
        say({"heard": message})
        kind, message_id = message["type"], message.get("id")
        context = value.get_context()

        def answer(text):
            reply.return_value(JavaScriptCore.Value.new_string(context, text))

        if kind == "hello":
            answer(envelope("welcome", {"capabilities": CAPABILITIES}))
        elif kind == "session":
            answer(envelope("answer", {"session": self.session}, message_id))
        elif kind == "location":
            answer(envelope("answer", {"ok": True, "coordinates": COORDINATES}, message_id))
        elif kind == "liveness":
            self.check(message, answer)
        else:
            reply.return_value(JavaScriptCore.Value.new_undefined(context))
        return True

    def check(self, message, answer):
        def run():
            text = envelope("answer", check_liveness(message["payload"]), message["id"])
            GLib.idle_add(answer, text)

        threading.Thread(target=run, daemon=True).start()

    def refuse(self, _view, request):
        """The page has no need of the browser's own prompts."""
        say({"permission": type(request).__name__})
        request.deny()
        return True

    def obey(self):
        for line in sys.stdin:
            GLib.idle_add(self.evaluate, json.loads(line))
        GLib.idle_add(self.loop.quit)

    def evaluate(self, asked):
        def done(view, result):
            try:
                value = view.evaluate_javascript_finish(result).to_string()
                say({"id": asked["id"], "value": json.loads(value)})
            except (GLib.Error, ValueError) as error:
                say({"id": asked["id"], "error": str(error)})

        script = f"JSON.stringify({asked['script']} ?? null)"
        self.view.evaluate_javascript(script, -1, None, None, None, done)


app = App(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
app.loop.run()

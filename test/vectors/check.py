#!/usr/bin/env python3
"""A second gate, written from README.md beside this file alone: does it agree with the deck?

Needs Debian's python3-cryptography. Ends with 0 if every case agrees.
"""

import base64
import json
import pathlib
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

HEADER = re.compile(rb'\{"alg":"ES256","kid":"([A-Za-z0-9_-]{1,4})","typ":"bid"\}')
CLAIMS = re.compile(
    rb'\{"jti":"([A-Za-z0-9_-]{8}[0-9a-z]{1,4})","sub":"([A-Za-z0-9_-]{21}[AQgw])",'
    rb'"nbf":(0|[1-9][0-9]{0,14}),"exp":(0|[1-9][0-9]{0,14})\}'
)
CODES = {
    "malformed": "A2", "unsupported": "A3", "unknown-key": "A4", "bad-signature": "A5",
    "not-yet-valid": "C2", "expired": "C3", "revoked": "D2", "denylist-stale": "D3",
    "no-ticket": "T2", "wrong-train": "T3",
    "already-used": "U2", "already-entered": "U3", "not-entered": "U4",
}  # fmt: skip


class Refused(Exception):
    def __init__(self, reason, seconds_off=None):
        self.answer = {"admitted": False, "reason": reason, "code": CODES[reason]}
        if seconds_off is not None:
            self.answer["secondsOff"] = seconds_off


def decode(part):
    """Canonical base64url of a text, as bytes."""
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        raise Refused("malformed") from None
    if base64.urlsafe_b64encode(decoded).decode().rstrip("=") != part:
        raise Refused("malformed")
    return decoded


def is_other_token(header):
    def no_constant(name):
        raise ValueError(name)

    try:
        text = header.decode("utf-8", "replace")
        parsed = json.loads(text, parse_constant=no_constant)
    except (ValueError, RecursionError):
        return False
    return isinstance(parsed, dict) and (
        parsed.get("alg") != "ES256" or parsed.get("typ") != "bid"
    )


def read_digits(scanned):
    if len(scanned) % 2 == 0 and re.fullmatch("[0-9]+", scanned):
        pairs = range(0, len(scanned), 2)
        return "".join(chr(45 + int(scanned[i : i + 2])) for i in pairs)
    return scanned


def public_key(jwk):
    x, y = (int.from_bytes(decode(jwk[name]), "big") for name in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def holds(key, signature, signed):
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    try:
        key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
        return True
    except InvalidSignature:
        return False


class Gate:
    def __init__(self, deck, case):
        self.longest, self.policy = deck["longestText"], deck["policy"]
        self.keys = {k["kid"]: public_key(k) for k in deck["keys"] if k["kid"] in case["pinned"]}
        self.denylist, self.manifest = case["denylist"], case["manifest"]
        self.uses = {}  # (jti, purpose): the first use's station, lane and instant
        self.rides = {}  # ticket id: entries so far, last purpose

    def judge(self, scanned, scan):
        try:
            jti, sub = self.read(scanned, scan["at"])
            self.ask_denylist(jti, scan)
            if scan["purpose"] == "counter":
                return {"admitted": True, "ticket": None}
            tickets = self.tickets(sub, scan)
            if scan["purpose"] in ("entry", "exit"):
                return {"admitted": True, "ticket": self.use(jti, tickets, scan)}
            return {"admitted": True, "ticket": tickets[0]["id"]}
        except Refused as refused:
            return refused.answer

    def read(self, scanned, at):
        if len(scanned) > self.longest:
            raise Refused("malformed")
        parts = read_digits(scanned).split(".")
        if len(parts) != 3:
            raise Refused("malformed")
        header, claims, signature = map(decode, parts)
        found = HEADER.fullmatch(header)
        if not found:
            raise Refused("unsupported" if is_other_token(header) else "malformed")
        if len(signature) != 64:
            raise Refused("malformed")
        key = self.keys.get(found[1].decode())
        if not key:
            raise Refused("unknown-key")
        if not holds(key, signature, ".".join(parts[:2]).encode()):
            raise Refused("bad-signature")
        found = CLAIMS.fullmatch(claims)
        if not found:
            raise Refused("malformed")
        nbf, exp = int(found[3]), int(found[4])
        if not 0 < exp - nbf <= self.policy["codeSeconds"]:
            raise Refused("malformed")
        leeway = self.policy["gateLeewaySeconds"]
        if at < nbf - leeway:
            raise Refused("not-yet-valid", nbf - at)
        if at >= exp + leeway:
            raise Refused("expired", at - exp)
        return found[1].decode(), found[2].decode()

    def ask_denylist(self, jti, scan):
        if self.denylist and jti[:8] in self.denylist["revoked"]:
            raise Refused("revoked")
        oldest = scan["at"] - self.policy["denylistMaximumSeconds"]
        if scan["purpose"] == "entry" and not (
            self.denylist and self.denylist["issuedAt"] >= oldest
        ):
            raise Refused("denylist-stale")

    def tickets(self, sub, scan):
        end = {"exit": "to", "entry": "from", "check": "from"}.get(scan["purpose"])
        here = [
            ticket
            for ticket in self.manifest
            if ticket["sub"] == sub
            and ticket["validFrom"] <= scan["at"] < ticket["validUntil"]
            and (end is None or ticket[end] == scan["station"])
        ]
        if not here:
            raise Refused("no-ticket")
        boarding = [t for t in here if scan["train"] in (None, t["train"])]
        if not boarding:
            raise Refused("wrong-train")
        return sorted(boarding, key=lambda ticket: ticket["validUntil"])

    def use(self, jti, tickets, scan):
        at, lane, purpose = scan["at"], (scan["station"], scan["lane"]), scan["purpose"]
        reason = None
        for ticket in tickets:
            if (jti, purpose) in self.uses:
                first_lane, first_at, used = self.uses[jti, purpose]
                if first_lane != lane or abs(at - first_at) > self.policy["repeatSeconds"]:
                    raise Refused("already-used")
                if used == ticket["id"]:
                    return used
                reason = "already-entered"
                continue
            entries, last = self.rides.get(ticket["id"], (0, None))
            rides = {"single": 1, "multi-ride": ticket.get("rides", 1), "period": float("inf")}
            if purpose == "exit" and last != "entry":
                reason = "not-entered"
            elif purpose == "entry" and (last == "entry" or entries >= rides[ticket["kind"]]):
                reason = "already-entered"
            else:
                self.uses[jti, purpose] = lane, at, ticket["id"]
                self.rides[ticket["id"]] = entries + (purpose == "entry"), purpose
                return ticket["id"]
        raise Refused(reason)


def main():
    beside = pathlib.Path(__file__).with_name("deck.json")
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else beside
    deck = json.loads(path.read_text("utf-8"))
    agreed = 0
    for case in deck["cases"]:
        gate = Gate(deck, case)
        answers = [gate.judge(deck["codes"][s["code"]]["scanned"], s) for s in case["scans"]]
        expected = [scan["expected"] for scan in case["scans"]]
        if answers == expected:
            agreed += 1
        else:
            print(f"{case['name']}: {answers} where {expected} is expected")
    print(f"{agreed} of {len(deck['cases'])} cases agree")
    return 0 if agreed == len(deck["cases"]) > 0 else 1


sys.exit(main())

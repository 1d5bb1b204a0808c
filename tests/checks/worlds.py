"""Small random pathways, few enough values in each that every patient can be followed one by one."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import yaml

from pathways.model.pathway import ResolvedPathway
from pathways.reading.load import loads

MOST_VALUATIONS = 1200

DAY = {"amount": 1, "unit": "days"}


def _yes_no(kind: str, **more: Any) -> dict[str, Any]:
    return {"title": "it", "type": "yes_no", "kind": kind, "question": "Is it?", **more}


def _words(kind: str, kind_of_list: str, *options: str) -> dict[str, Any]:
    return {
        "title": "it",
        "type": kind_of_list,
        "kind": kind,
        "question": "Which?",
        "options": {each: {"title": each} for each in options},
    }


def _number(kind: str, low: int, high: int, step: int | None, **more: Any) -> dict[str, Any]:
    steps = {} if step is None else {"step": step}
    return {
        "title": "it",
        "type": "number",
        "kind": kind,
        "question": "How much?",
        "unit": "points",
        "range": [low, high],
        **steps,
        **more,
    }


FINDINGS: dict[str, dict[str, Any]] = {
    "old": _yes_no("trait"),
    "size": _number("trait", 0, 10, None),
    "better": _yes_no("status"),
    "pattern": _words("status", "one_of", "nerve", "joint", "other"),
    "sites": _words("status", "several_of", "hip", "knee", "none"),
    "worries": _words("status", "several_of", "work", "sleep"),
    "score": _number("status", 0, 4, 1),
    "ache": _number("status", 0, 10, None),
    "sign": _yes_no("watch", level="urgent", valid_for=DAY),
    "alarm": _yes_no("watch", level="emergency", valid_for=DAY),
    "warmth": _number("watch", 0, 2, 1),
    "cleared": _yes_no("result"),
    "image": _words("result", "one_of", "clear", "mass", "unsure"),
    "relief": _number("result", 0, 3, 1),
    "rounds": _number("count", 0, 3, 1),
    "visits": _number("count", 0, 3, 1),
    "weeks": _number("time", 0, 3, 1),
    "hours": _number("time", 0, 9, None),
    "flares": _number("count", 0, 2, 1, window={"amount": 12, "unit": "months"}),
    "change": _number(
        "status", -50, 50, None, derived={"function": "difference", "of": ["score", "ache"]}
    ),
}

TREATMENTS = {
    "pill": {"title": "Pill", "category": "medicine", "classes": ["pills"], "what": "a pill"},
    "drops": {"title": "Drops", "category": "medicine", "classes": ["pills"], "what": "drops"},
    "shot": {"title": "Shot", "category": "procedure", "what": "a shot"},
}
TESTS = {"scan": {"title": "Scan", "what": "a scan"}}

SIZES = {
    "one_of": 3,
    "several_of": 4,
    "yes_no": 2,
}
HISTORY = {
    "pill.status": 3,
    "drops.status": 3,
    "shot.status": 3,
    "scan.status": 2,
    "shot.months_since": 4,
    "shot.count_12mo": 3,
    "shot.relief_pct": 3,
    "pill.side_effects": 8,
}
CUTS = {
    "size": (3, 7),
    "score": (1, 2, 3),
    "ache": (4, 6),
    "warmth": (1,),
    "relief": (1, 2),
    "rounds": (1, 2, 3),
    "visits": (1, 2),
    "weeks": (1, 2),
    "hours": (2, 6),
    "flares": (1,),
    "change": (-10, 10),
    "shot.months_since": (6,),
    "shot.count_12mo": (2,),
    "shot.relief_pct": (50,),
}
OPTIONS = {
    "pattern": ("nerve", "joint", "other"),
    "image": ("clear", "mass", "unsure"),
    "pill.status": ("never", "now", "stopped"),
    "drops.status": ("never", "now", "stopped"),
    "shot.status": ("never", "now", "stopped"),
    "scan.status": ("never", "done"),
}
HAS = {
    "sites": ("hip", "knee", "none"),
    "worries": ("work", "sleep"),
    "pill.side_effects": ("sleepy", "none"),
}


def size_of(name: str) -> int:
    """Return about how many values of a finding there are to go through."""
    if name in HISTORY:
        return HISTORY[name]
    record = FINDINGS[name]
    if record["type"] == "number":
        low, high = record["range"]
        return int(high - low) + 1 if "step" in record else 7
    return SIZES[record["type"]]


def world_text(seed: int) -> str:
    """Return the text of a small random pathway."""
    return yaml.safe_dump(_World(seed).document(), sort_keys=False, width=120)


def world(seed: int) -> ResolvedPathway:
    """Return a small random pathway."""
    return loads(world_text(seed))


class _World:
    """Draws one pathway."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.interrupts = self.draw.random() < 0.5
        self.names = self._some_findings()
        self.definitions: dict[str, str] = {}
        if self.draw.random() < 0.5:
            self.definitions["poorly"] = self.condition(1)
        self.states: dict[str, dict[str, Any]] = {}

    def chance(self, probability: float) -> bool:
        return self.draw.random() < probability

    def _some_findings(self) -> list[str]:
        """Return findings to read, as many as can still be followed one by one."""
        pool = [*FINDINGS, *HISTORY]
        self.draw.shuffle(pool)
        if self.interrupts:
            signs = ["sign", "alarm"] if self.chance(0.4) else [self.draw.choice(["sign", "alarm"])]
            more = ["cleared"] if self.chance(0.5) else []
            pool = [*signs, *more, *(each for each in pool if each not in (*signs, *more))]
        wanted, product = self.draw.choice((3, 4, 5)), 1
        found: list[str] = []
        for each in pool:
            if len(found) < wanted and product * size_of(each) <= MOST_VALUATIONS // 2:
                found.append(each)
                product *= size_of(each)
        return sorted(found)

    # Conditions

    def parts(self, name: str) -> list[str]:
        """Return conditions of which every patient meets exactly one, by one finding."""
        if name in CUTS:
            many = min(len(CUTS[name]), self.draw.choice((1, 2)))
            low, *higher = sorted(self.draw.sample(CUTS[name], many))
            if not higher:
                return [f"{name} < {low}", f"{name} >= {low}"]
            return [f"{name} <= {low}", f"{low} < {name} < {higher[0]}", f"{name} >= {higher[0]}"]
        if name in OPTIONS:
            first, *others = self.draw.sample(OPTIONS[name], len(OPTIONS[name]))
            if self.chance(0.4) or len(others) == 1:
                return [f"{name} == {first}", f"{name} != {first}"]
            return [f"{name} == {first}", f"{name} in [{', '.join(others)}]"]
        if name in HAS:
            option = self.draw.choice(HAS[name])
            return [f"{name} has {option}", f"not {name} has {option}"]
        return [name, f"not {name}"]

    def atom(self) -> str:
        if self.definitions and self.chance(0.2):
            return self.draw.choice(sorted(self.definitions))
        if self.chance(0.15) and {"pill.status", "drops.status"} <= set(self.names):
            return self.draw.choice(["any pills now", "any pills tried", "count_now(pills) >= 2"])
        name = self.draw.choice(self.names)
        if name in CUTS and self.chance(0.4):
            sign = self.draw.choice(["<", "<=", ">", ">=", "==", "!="])
            return f"{name} {sign} {self.draw.choice(CUTS[name])}"
        return self.draw.choice(self.parts(name))

    def condition(self, depth: int) -> str:
        kind = self.draw.random()
        if depth == 0 or kind < 0.4:
            return self.atom()
        if kind < 0.5:
            return f"not ({self.condition(depth - 1)})"
        parts = [self.condition(depth - 1) for _ in range(self.draw.choice((2, 2, 3)))]
        if len(parts) == 3 and kind < 0.65:
            return f"at_least(2, {', '.join(parts)})"
        return self.draw.choice([" and ", " or "]).join(f"({part})" for part in parts)

    # States

    def document(self) -> dict[str, Any]:
        plain = [f"step_{number}" for number in range(1, self.draw.choice((2, 3, 3, 4)) + 1)]
        ends = ["done"] if self.chance(0.7) else ["done", "onward"]
        signs = self._interrupts()
        targets = sorted({each["to"] for each in signs})
        every = [*plain, *targets, *ends]
        for name in plain:
            self.states[name] = self.state(name, every)
        for name in targets:
            self.states[name] = self.work_up(name, plain, ends)
        self.states["done"] = {"kind": "end", "title": "Done", "tags": ["last"]}
        if "onward" in ends:
            self.states["onward"] = {"kind": "link", "title": "Onward", "pathway": "safety"}
        document = {
            "format": 1,
            "pathway": "made-up",
            "title": "Made up",
            "version": "0.1.0",
            "updated": "2026-01-31",
            "catalogues": [],
            "findings": self._records(),
            "classes": {"pills": {"title": "pill"}},
            "treatments": TREATMENTS,
            "tests": TESTS,
            "definitions": self.definitions,
            "interrupts": signs,
            "start": plain[0],
            "states": self.states,
        }
        if self.chance(0.35):
            document["facts"] = [self.fact()]
        free = [each for each in self.names if each not in self.states[plain[0]].get("sets", {})]
        if free and self.chance(0.3):
            document["initial"] = self.draw.choice(self.parts(self.draw.choice(free)))
        document["rules"] = [
            self.rule(f"r{at}") for at in range(1, self.draw.choice((1, 2, 3)) + 1)
        ]
        return document

    def _records(self) -> dict[str, Any]:
        read = {each for each in self.names if each in FINDINGS}
        if "change" in read:
            read |= {"score", "ache"}
        return {name: record for name, record in FINDINGS.items() if name in read}

    def fact(self) -> str:
        """Return what rules out some patients, and mostly few."""
        return f"not ({self.atom()}) or {self.atom()}"

    def _interrupts(self) -> list[dict[str, Any]]:
        found = []
        for name, level in (("alarm", "emergency"), ("sign", "urgent")):
            if self.interrupts and name in self.names:
                when = name if self.chance(0.6) else f"{name} and ({self.atom()})"
                to = "hospital" if level == "emergency" or self.chance(0.1) else "clinic"
                found.append({"to": to, "when": when, "level": level, "label": "Sign"})
                if level == "urgent" and "cleared" in self.names:
                    found[-1]["until"] = "cleared"
                elif self.chance(0.2):
                    found[-1]["until"] = self.atom()
        return found

    def state(self, name: str, every: list[str]) -> dict[str, Any]:
        position = every.index(name)
        ahead = every[position + 1 :]
        loops = self.chance(0.6)
        targets = every if loops else ahead
        effects = self.effects()
        record: dict[str, Any] = {"kind": "decision", "title": name}
        if "does" in effects or self.chance(0.2):
            record.update(kind="action", category="therapy")
        elif self.chance(0.25):
            record.update(kind="options", offers=self.offers())
        record["tags"] = [each for each in ("early", "late") if self.chance(0.3)]
        record.update(effects)
        record.update(self.exits(targets, name))
        return record

    def work_up(self, name: str, plain: list[str], ends: list[str]) -> dict[str, Any]:
        record: dict[str, Any] = {
            "kind": "action",
            "category": "referral",
            "title": name,
            "tags": ["call"],
        }
        record.update(self.effects())
        if name == "clinic" and "cleared" in self.names:
            record["yields"] = sorted({*record.get("yields", []), "cleared"})
            record.get("sets", {}).pop("cleared", None)
        if self.chance(0.7):
            record["next"] = [{"to": self.draw.choice([*ends, plain[-1]])}]
        else:
            record.update(self.exits([*plain, *ends], name))
        return record

    def effects(self) -> dict[str, Any]:
        """Return what a state does to the findings that are read."""
        found: dict[str, Any] = {}
        for name in self.names:
            if self.chance(0.3):
                self._effect(found, name)
        return found

    def _effect(self, found: dict[str, Any], name: str) -> None:
        owner, dot, _ = name.partition(".")
        if dot:
            if self.chance(0.5):
                found["does"] = sorted({*found.get("does", []), owner})
            elif self.chance(0.5):
                found.setdefault("reassess", []).append(name)
            elif name in OPTIONS:
                found.setdefault("sets", {})[name] = self.draw.choice(OPTIONS[name])
            return
        kind = FINDINGS[name]["kind"]
        if kind == "trait" or "derived" in FINDINGS[name]:
            return
        key = {"result": "yields", "time": "restarts", "count": "adds"}.get(kind, "reassess")
        if name == "visits" or (name == "flares" and key == "adds"):
            key = "sets"
        if self.chance(0.25):
            key = "sets"
        match key:
            case "sets":
                found.setdefault("sets", {})[name] = self.value(name)
            case "adds":
                found.setdefault("adds", {})[name] = self.draw.choice((1, 1, 2))
            case _:
                found.setdefault(key, []).append(name)

    def value(self, name: str) -> Any:
        if name in OPTIONS:
            return self.draw.choice(OPTIONS[name])
        if name in HAS:
            return self.draw.choice(HAS[name])
        if name in CUTS:
            low = FINDINGS[name]["range"][0]
            return self.draw.choice([low, *CUTS[name]])
        return self.draw.choice(["yes", "no"])

    def offers(self) -> list[Any]:
        read = sorted(
            {each.partition(".")[0] for each in self.names if "." in each} & {*TREATMENTS}
        )
        found: list[Any] = []
        for each in read or ["pill"]:
            for _ in range(self.draw.choice((1, 1, 2))):
                limited = self.chance(0.5)
                found.append({"treatment": each, "when": self.atom()} if limited else each)
        return found

    def exits(self, targets: list[str], name: str) -> dict[str, Any]:
        """Return ways on: mostly such that exactly one is open, with a slip here and there."""
        kind = self.draw.random()
        if kind < 0.12 and len(targets) > 1:
            return {"next": [{"to": self.draw.choice([each for each in targets if each != name])}]}
        if kind < 0.62:
            return {"next": self.shared_out(targets)}
        if kind < 0.80:
            count = self.draw.choice((1, 2, 2))
            ways = [
                {"to": self.draw.choice(targets), "when": self.condition(1)} for _ in range(count)
            ]
            if self.chance(0.7):
                ways.append({"to": self.draw.choice(targets), "when": "else"})
            return {"choose": "first", "next": ways}
        choose = self.draw.choice(["one", "any"])
        count = self.draw.choice((1, 2, 3))
        ways = [{"to": self.draw.choice(targets), "when": self.condition(1)} for _ in range(count)]
        return {"choose": choose, "next": ways}

    def shared_out(self, targets: list[str]) -> list[dict[str, Any]]:
        parts = self.parts(self.draw.choice(self.names))
        if self.definitions and self.chance(0.3):
            parts = ["poorly", "not poorly"]
        if self.chance(0.3):
            at = self.draw.randrange(len(parts))
            whole = parts[at]
            first, second = self.parts(self.draw.choice(self.names))[:2]
            parts[at : at + 1] = [f"({whole}) and ({first})", f"({whole}) and ({second})"]
        slip = self.draw.random()
        if slip < 0.1:
            parts.pop(self.draw.randrange(len(parts)))
        elif slip < 0.3:
            parts.append(self.atom())
        elif slip < 0.45:
            parts[0] = parts[0].replace("<", "<=").replace("<==", "<")
        return [{"to": self.draw.choice(targets), "when": each} for each in parts]

    # Rules

    def some_states(self) -> str:
        tags = sorted({tag for each in self.states.values() for tag in each.get("tags", [])})
        if self.chance(0.3):
            return f"any {self.draw.choice(tags)}"
        return self.draw.choice(sorted(self.states))

    def rule(self, name: str) -> dict[str, Any]:
        forms: list[Callable[[], dict[str, Any]]] = [
            lambda: {"never": self.some_states()},
            *[self._never_pair] * 5,
            lambda: {"never": f"{self.some_states()} unless {self.condition(1)}"},
            lambda: {"never": f"{self.some_states()} while {self.condition(1)}"},
            lambda: {"never": self.condition(1)},
            lambda: {"must": f"{self.some_states()} then {self.some_states()}"},
            lambda: {"must": f"{self.some_states()} later {self.some_states()}"},
            lambda: {"must": f"{self.some_states()} later {self.some_states()}"},
            *[self._in_time] * 2,
            lambda: {"at_most": f"{self.some_states()} {self.draw.choice((1, 2, 3))}"},
            lambda: {
                "at_most": f"{self.some_states()} {self.draw.choice((1, 2))} per {self.some_states()}"
            },
            *[self._between] * 2,
            lambda: {"possible": self.some_states()},
            *[self._fresh] * 2,
        ]
        record = {"id": name, **self.draw.choice(forms)(), "why": "It matters."}
        if self.chance(0.2):
            record["ends"] = "included"
        return record

    def _never_pair(self) -> dict[str, Any]:
        joint = self.draw.choice(["before", "before", "after", "then", "and"])
        return {"never": f"{self.some_states()} {joint} {self.some_states()}"}

    def _in_time(self) -> dict[str, Any]:
        within = f"{self.some_states()} within {self.draw.choice((0, 1, 2, 3))}"
        return {"when": self.condition(1), "must": within}

    def _between(self) -> dict[str, Any]:
        return {"between": f"{self.some_states()} {self.some_states()}", "must": self.some_states()}

    def _fresh(self) -> dict[str, Any]:
        finding = self.draw.choice(self.names)
        limit = f"since {self.some_states()}" if self.chance(0.7) else "within 3 weeks"
        return {"fresh": f"{finding} {limit}"}

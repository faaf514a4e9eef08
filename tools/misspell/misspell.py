#!/usr/bin/env python3
"""Makes Tests/Fixtures/misspelled.csv: towns as people mistype them, by rule and by seed, from the gazetteer.

The rule:
- Countries: those of the network (GeoData/network/cites.csv).
- Towns: localities that are no section of another and whose main name has at least 4 letters, drawn without replacement with a
  chance proportional to their population, 200 for each country, or as many as it has. A town is drawn only if no more populous
  locality of the gazetteer bears its name, main or alternate, when folded: nobody could tell which one was meant.
- One in six is a spelling without an error: accents left out, hyphens and apostrophes as spaces, all lower or all upper case, Saint
  and Sainte as St and Ste. The others have one error at a place drawn evenly: two neighbouring letters swapped, one letter in the
  place of another, one inserted, one left out. Letters are a to z; the error may be in the first letter.
- A swap of two equal letters, or a letter in its own place, is no error: another is drawn.
- Where the misspelling is itself, when folded, the name of another locality of any country, the column `homonyms` has the ids of
  those: that town was typed right, and may come first.

Standard library only.   tools/misspell/misspell.py > Tests/Fixtures/misspelled.csv
"""

import csv
import random
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 20091231
PER_COUNTRY = 200
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i"}


def fold(name):
    """As foldedKey of NetworkStore: no case, accents, hyphens; saint and sainte for their abbreviations."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    plain = "".join(LIGATURES.get(c, c) for c in plain)
    words = re.sub(r"[^\w]|_", " ", plain).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(w, w) for w in words)


def letters_of(name):
    return [i for i, c in enumerate(name) if c.isalpha()]


def respelled(name, rng):
    """Another spelling of the same name."""
    text = name
    if re.search(r"\bSainte?\b", text) and rng.random() < 0.7:
        text = re.sub(r"\bSainte\b", "Ste", text)
        text = re.sub(r"\bSaint\b", "St", text)
    if rng.random() < 0.8:
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    if rng.random() < 0.8:
        text = re.sub(r"[-'’]", " ", text)
    return text.upper() if rng.random() < 0.25 else text.lower()


def mistyped(name, rng):
    """The name with one error, and the kind of error."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    while True:
        kind = rng.choice(["swap", "substitution", "insertion", "deletion"])
        text = list(name.lower())
        i = rng.choice(letters_of(name))
        if kind == "swap":
            if i + 1 >= len(text) or not text[i + 1].isalpha():
                continue
            text[i], text[i + 1] = text[i + 1], text[i]
        elif kind == "substitution":
            text[i] = rng.choice(alphabet)
        elif kind == "insertion":
            text.insert(i + rng.randint(0, 1), rng.choice(alphabet))
        else:
            del text[i]
        out = "".join(text)
        if fold(out) != fold(name) and fold(out):
            return out, kind


def main():
    with open(ROOT / "GeoData/network/cites.csv", encoding="utf-8") as file:
        countries = sorted({row["country"] for row in csv.DictReader(file)})
    towns, bearers = [], {}
    for path in sorted((ROOT / "GeoData/localities").glob("*.csv")):
        with open(path, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                row["population"] = float(row["population"] or 0)
                towns.append(row)
                for name in {fold(n) for n in [row["name"], *row["alternates"].split("|")]} - {""}:
                    bearers.setdefault(name, []).append(row)
    rng = random.Random(SEED)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", "name", "country", "typed", "kind", "homonyms"])
    for country in countries:
        pool = [
            t
            for t in towns
            if t["country"] == country
            and not t["section_of"]
            and len(letters_of(t["name"])) >= 4
            and max(bearers[fold(t["name"])], key=lambda b: b["population"]) is t
        ]
        # Weighted drawing without replacement (Efraimidis and Spirakis, 2006): the largest of u^(1/w).
        pool.sort(key=lambda t: rng.random() ** (1 / max(t["population"], 1)), reverse=True)
        for town in sorted(pool[:PER_COUNTRY], key=lambda t: int(t["id"])):
            if rng.random() < 1 / 6:
                typed, kind = respelled(town["name"], rng), "spelling"
            else:
                typed, kind = mistyped(town["name"], rng)
            others = [t["id"] for t in bearers.get(fold(typed), []) if t is not town]
            writer.writerow([town["id"], town["name"], country, typed, kind, " ".join(others)])


if __name__ == "__main__":
    main()

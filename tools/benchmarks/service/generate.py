"""Generated platforms, for measuring only: 2,950 at towns of France, chosen by a seed, with the periods in which they are open."""

import csv
import random
import sys
from pathlib import Path

folder = Path(sys.argv[1])
random.seed(7)
with open("GeoData/localities/FR.csv", newline="") as file:
    towns = random.sample(list(csv.DictReader(file)), 2950)
with open(folder / "platforms.csv", "w", newline="") as places, open(folder / "periods.csv", "w", newline="") as spans:
    place, span = csv.writer(places), csv.writer(spans)
    place.writerow("id cite kind name town country lon lat location_accuracy timezone services source verified".split())
    span.writerow("platform status start end source verified".split())
    for i, town in enumerate(towns):
        services = "training" if i % 2 else ""
        name = f"Generated {i} {town['name']}"
        place.writerow(
            [f"gen-{i}", "paris", "site", name, town["name"], "FR", town["lon"], town["lat"], "town", "Europe/Paris", services, "livret-2009", "2009-12"]
        )
        span.writerow([f"gen-{i}", "open", "2001", "", "livret-2009", "2009-12"])

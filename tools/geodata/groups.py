"""Step 3: groups of localities: CA Nîmes Métropole, whose polygon is drawn from the gazetteer."""

import shapely

from areas import voronoi_union
from common import GEODATA, TABLES, DataError, read_features, read_table, rounded, write_features

DEPARTMENT = "FR-30"


def main():
    localities = {row["id"]: row for row in read_table(GEODATA / "localities" / "FR.csv")}
    path = TABLES / "epci_243000643.csv"
    rows = read_table(path)
    members, missing = set(), []
    for row in rows:
        if not row["locality"]:
            missing.append(row["name"])
        elif row["locality"] not in localities or localities[row["locality"]]["area"] != DEPARTMENT:
            raise DataError(f"{path}:{row['line']}: no locality {row['locality']} in {DEPARTMENT}")
        else:
            members.add(row["locality"])

    department = next(geometry for properties, geometry in read_features(GEODATA / "areas" / "admin1.geojson")
                      if properties["code"] == DEPARTMENT)
    # A section belongs to whatever its town belongs to.
    points = [(float(row["lon"]), float(row["lat"]), (row["section_of"] or row["id"]) in members)
              for row in localities.values() if row["area"] == DEPARTMENT]
    ground = voronoi_union(department, points)[True]
    basis = (f"Drawn from the gazetteer: ground of Gard nearest to a locality of the {len(members)} member communes "
             f"that it lists. Not listed there: {', '.join(missing)}.")
    properties = {
        "code": "epci:243000643", "kind": "epci", "parent": DEPARTMENT, "country": "FR",
        "name": "CA Nîmes Métropole", "localName": "CA Nîmes Métropole", "names": {},
        "aliases": ["243000643", "Nîmes Métropole", "Communauté d'agglomération Nîmes Métropole"],
        "validFrom": None, "validTo": None,
        "members": [f"locality:{code}" for code in sorted(members, key=int)], "basis": basis}
    write_features(GEODATA / "areas" / "groups.geojson", [(properties, rounded(ground))])
    print("groups:", len(members), "members; not in the gazetteer:", ", ".join(missing),
          f"{shapely.area(ground) * 111.2 ** 2 * 0.722:.0f} km2")


if __name__ == "__main__":
    main()

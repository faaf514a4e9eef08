"""Fits the global parameters of the layer on the INSEE/IGN communes; not a part of the build.

`tools/geodata/fit REFERENCE` fits on all départements, and on each half of them with the error shown on the other
half. The figure fitted is the mean, over random sets of platforms, reaches and départements, of the error in the share
of people within reach. What it prints goes by hand into `Parameters`.
"""

import sys
from dataclasses import fields, replace

import numpy
from scipy.optimize import minimize
from scipy.spatial import cKDTree

import measures
from common import GEODATA, ROOT, read_features
from localities import read_totals
from population import Listed, Parameters, distribute, survey

NAMES = ("radius", "radius_power", "density", "kernel_cap", "kernel_width", "kernel_power", "growth")
SETS = range(100, 116)                      # seeds, none of them used by `evaluate`


class Bench:
    """The ground of every département, and which of its points lie within reach of each set of platforms."""

    def __init__(self, reference):
        truth = measures.communes(reference)
        totals = read_totals()
        self.listed = Listed()
        shapes = {properties["code"]: geometry for properties, geometry in
                  read_features(GEODATA / "areas" / "admin1.geojson")
                  if properties["country"] == "FR" and not properties["code"].startswith("FR-97")}
        self.areas = sorted(shapes)
        self.grounds = [survey(code, shapes[code], totals[code], self.listed) for code in self.areas]
        cells = measures.chord(numpy.concatenate([ground.centres[:, 0] for ground in self.grounds]),
                               numpy.concatenate([ground.centres[:, 1] for ground in self.grounds]))
        members = numpy.concatenate([ground.members for ground in self.grounds])
        places = measures.chord(self.listed.lat[members], self.listed.lon[members])
        self.cell_area = numpy.repeat(numpy.arange(len(self.areas)), [len(g.centres) for g in self.grounds])
        self.place_area = numpy.repeat(numpy.arange(len(self.areas)), [len(g.members) for g in self.grounds])
        self.cases = []
        for seed in SETS:
            platforms = measures.random_platforms(truth, seed)
            true = measures.shares(truth, self.areas, platforms)
            tree = cKDTree(platforms)
            near_cell, near_place = tree.query(cells)[0], tree.query(places)[0]
            for reach in measures.REACHES:
                keep = (true[reach] > 0.01) & (true[reach] < 99.99)
                self.cases.append((true[reach], near_cell <= reach, near_place <= reach, keep))

    def errors(self, parameters):
        """Mean error of each département over the cases that are not trivial there; NaN where none is."""
        own, cells = zip(*(distribute(ground, self.listed, parameters) for ground in self.grounds))
        own, cells = numpy.concatenate(own), numpy.concatenate(cells)
        count = len(self.areas)
        total = numpy.bincount(self.place_area, own, count) + numpy.bincount(self.cell_area, cells, count)
        sums, cases = numpy.zeros(count), numpy.zeros(count)
        for true, near_cell, near_place, keep in self.cases:
            within = (numpy.bincount(self.place_area[near_place], own[near_place], count)
                      + numpy.bincount(self.cell_area[near_cell], cells[near_cell], count))
            error = numpy.abs(100 * within / total - true)
            sums += numpy.where(keep, error, 0)
            cases += keep
        return numpy.divide(sums, cases, out=numpy.full(count, numpy.nan), where=cases > 0)

    def fit(self, chosen, start):
        """Parameters that are best for the chosen départements."""
        def parameters(vector):
            return replace(start, **{name: float(getattr(start, name) * numpy.exp(value))
                                     for name, value in zip(NAMES, vector)})

        result = minimize(lambda vector: float(numpy.nanmean(self.errors(parameters(vector))[chosen])),
                          numpy.zeros(len(NAMES)), method="Nelder-Mead",
                          options={"initial_simplex": simplex(len(NAMES)), "maxfev": 160, "xatol": 0.01,
                                   "fatol": 0.001})
        return parameters(result.x)


def simplex(size, step=0.25):
    """A first simplex of the optimiser."""
    return numpy.concatenate([numpy.zeros((1, size)), step * numpy.eye(size)])


def main():
    bench = Bench(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
    start = Parameters()
    half = numpy.arange(len(bench.areas)) % 2 == 0
    everything = numpy.ones(len(bench.areas), dtype=bool)
    print("as committed:", round(float(numpy.nanmean(bench.errors(start))), 3))
    for title, chosen in (("all", everything), ("even", half), ("odd", ~half)):
        best = bench.fit(chosen, start)
        errors = bench.errors(best)
        print(title, " ".join(f"{field.name}={getattr(best, field.name):.4g}" for field in fields(best)))
        print("   fitted on:", round(float(numpy.nanmean(errors[chosen])), 3),
              " on the others:", round(float(numpy.nanmean(errors[~chosen])), 3) if (~chosen).any() else "-",
              " as committed there:", round(float(numpy.nanmean(bench.errors(start)[~chosen])), 3)
              if (~chosen).any() else "-", flush=True)


if __name__ == "__main__":
    main()

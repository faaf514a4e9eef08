"""What spopt with HiGHS makes of an instance that bench-siting wrote: peer.py FILE RADIUS COUNT SECONDS. A line for each objective."""
import sys
import time

import numpy
import pulp
from spopt.locate import LSCP, MCLP, PCenter, PMedian

path, radius, count, limit = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
with open(path) as file:
    demand, candidates = map(int, file.readline().split())
    exists = numpy.array(file.readline().split(), dtype=int)
    rows = numpy.loadtxt(file, dtype=float)
people, cost = rows[:, 0], rows[:, 1:]
assert cost.shape == (demand, candidates)
p = count + int(exists.sum())
name = f"{demand}x{candidates}"

models = {
    "coverage": lambda: MCLP.from_cost_matrix(cost, people, radius, p, predefined_facilities_arr=exists),
    "median": lambda: PMedian.from_cost_matrix(cost, people, p, predefined_facilities_arr=exists),
    "center": lambda: PCenter.from_cost_matrix(cost, p, predefined_facilities_arr=exists),
    # Unlike ours, it refuses where someone is beyond the reach of every candidate.
    "cover-all": lambda: LSCP.from_cost_matrix(
        cost[(cost <= radius).any(axis=1)], radius, predefined_facilities_arr=exists
    ),
}
for title, make in models.items():
    start = time.perf_counter()
    model = make()
    built = time.perf_counter() - start
    try:
        model.solve(pulp.HiGHS(msg=False, timeLimit=limit), results=False)
        status = pulp.LpSolution[model.problem.sol_status]
        value = pulp.value(model.problem.objective)
    except Exception as error:  # what it raises where no solution was found in time
        status, value = f"{type(error).__name__}", None
    total = time.perf_counter() - start
    if title == "cover-all" and value is not None:
        value -= exists.sum()
    shown = "none" if value is None else f"{value:.0f}"
    print(f"{name}  {title}  {count}  {shown}  {status}  {total:.4f} s  (building {built:.4f} s)  spopt", flush=True)

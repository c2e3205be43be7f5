"""What is measured against what, one command each: ``make bench`` runs all, ``python -m bench NAME`` one.

Every figure is printed, also where it falls short of its mark. Ratios are taken within one run, on one machine, with the
two sides measured in turn. Hubs beyond the demo's are made up by ``bench.make_hubs`` with a stated seed.
"""

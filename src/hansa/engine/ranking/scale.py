"""What a value is worth: the constants of the parts of a score."""

from __future__ import annotations

MUST_WEIGHT, NICE_WEIGHT = 2.0, 1.0
DELIVERIES_FOR_HALF = 3  # 3 joint deliveries give half of the points, 6 three quarters, and so on
FREE_DAYS_FOR_ALL = 10.0  # a month with 10 free days or more gives all points
KM_FOR_HALF = 500.0  # 500 km give half of the points, 1,000 a quarter
NEAR_KM, FAR_KM = 100.0, 2000.0  # from where on a distance is said as a pro or a con
UNKNOWN = 0.5  # share of the points an unknown value gets
EVIDENCE = 0.8  # strength of "the hub says so and shows evidence"
DERIVED = 0.4  # strength up to which a cover rests on the candidate's own text alone

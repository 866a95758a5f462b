"""How property tests run: the same examples each time, however slow the machine.

To look for new ones: ``python -m pytest --hypothesis-profile=default``.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

from hansa.pulse.notices.models import Notice

__all__ = ["Notice"]

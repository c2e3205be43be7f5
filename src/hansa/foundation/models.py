from hansa.foundation.activity import Activity

__all__ = ["Activity"]

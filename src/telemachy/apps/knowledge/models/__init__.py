from .catalogue import Competency, Question

__all__ = ["Competency", "Question"]

"""`python -m agent_papers FOLDER --language zh-CN`: what is in it, as one JSON object a line on standard output.
`--questions` reads one table of questions instead, `--shifts` one of shifts.

A process of its own, so that a hostile document harms nothing but itself.
"""

import argparse
import sys
from pathlib import Path

from agent_papers.paper import BadPaper, PaperWrong
from agent_papers.reading import gather
from agent_papers.told import put, put_table


def leave_no_core() -> None:
    """What the system writes when the process dies would hold the documents, in clear."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    leave_no_core()
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("--language", default="zh-CN")
    parser.add_argument("--questions", action="store_true")
    parser.add_argument("--shifts", action="store_true")
    arguments = parser.parse_args()
    if arguments.questions or arguments.shifts:
        from agent_papers import question_table, shift_table

        gather_table = question_table.gather if arguments.questions else shift_table.gather
        try:
            put_table(gather_table(arguments.source), sys.stdout.buffer)
        except BadPaper as error:
            put_table(error, sys.stdout.buffer)
        except OSError:
            put_table(BadPaper(PaperWrong.NOT_FOUND), sys.stdout.buffer)
    else:
        put(gather(arguments.source, arguments.language), sys.stdout.buffer)

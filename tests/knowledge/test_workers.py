"""Work is done on everything, in order and once, whoever does it."""

import pickle
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from io import BytesIO

import pytest

from knowledge.workers import serve, spread


class KilledAfterThree(ThreadPoolExecutor):
    """Workers that are killed while they do the fourth thing."""

    def submit(self, work: Callable[..., str], /, *things: int, **named: int) -> Future[str]:
        if things[0] <= 3:
            return super().submit(work, *things, **named)
        broken: Future[str] = Future()
        broken.set_exception(EOFError())
        return broken


def no_workers(_: int) -> Executor:
    raise PermissionError("no shared memory here")


@pytest.mark.parametrize("start", [ThreadPoolExecutor, KilledAfterThree, no_workers, None])
def test_everything_is_done_in_order_whatever_becomes_of_the_workers(start: Callable[[int], Executor] | None) -> None:
    assert list(spread(str, range(1, 40), worth=50 if start is None else 2, start=start)) == [
        str(number) for number in range(1, 40)
    ]


def test_a_worker_does_what_it_is_asked_until_something_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", sys.stdout)
    heard = signal.getsignal(signal.SIGINT)
    asked = BytesIO(b"".join(pickle.dumps(partial(int, text)) for text in ("4", "9", "four", "4")))
    results = BytesIO()

    serve(asked, results)

    signal.signal(signal.SIGINT, heard)
    results.seek(0)
    assert results.read() == pickle.dumps(4, pickle.HIGHEST_PROTOCOL) + pickle.dumps(9, pickle.HIGHEST_PROTOCOL)


def test_what_fails_there_fails_here() -> None:
    results = spread(int, ["1", "2", "three"], worth=1, start=ThreadPoolExecutor)

    assert [next(results), next(results)] == [1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)


def test_nobody_waits_for_work_that_is_not_wanted_any_more() -> None:
    done: list[int] = []
    results = spread(done.append, range(10_000), worth=1, start=ThreadPoolExecutor)
    next(results)

    results.close()

    assert len(done) < 100

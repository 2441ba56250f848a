"""Commands are run in this process, on the test's database."""

import pytest


@pytest.fixture
def run(app):
    """`run("db", "check")`: the result with its exit code, stdout and stderr."""
    runner = app.test_cli_runner()

    def invoke(*arguments, **more):
        return runner.invoke(args=[str(argument) for argument in arguments], **more)

    return invoke


@pytest.fixture
def done(run):
    """Like `run`, for what must succeed; returns what it printed."""

    def invoke(*arguments, **more):
        result = run(*arguments, **more)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    return invoke


@pytest.fixture
def refused(run):
    """Like `run`, for what must be refused: returns the one sentence."""

    def invoke(*arguments, **more):
        result = run(*arguments, **more)
        assert result.exit_code == 1, result.output
        sentence = result.stderr.strip()
        assert sentence
        assert "\n" not in sentence
        return sentence

    return invoke

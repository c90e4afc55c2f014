import pytest


@pytest.mark.skip(reason="later")
def test_skipped():
    pass


@unittest.skip("later")
@other
def test_skipped_by_unittest(self):
    pass


@pytest.mark.xfail
async def test_expected_to_fail():
    pass


def test_skips_itself():
    pytest.skip("later")
    pytest.skip("again")


# def test_in_a_comment():
#     pass


def test_active():
    pass

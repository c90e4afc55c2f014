[Test]
[Ignore("later")]
public void Ignored() { }
[Test, Ignore("later")]
public void Ignored_in_one() { }
[Fact(Skip = "later", DisplayName = "skipped by xUnit")]
public void Skipped() { }
[TestCase(1)]
[TestCase(2, Ignore = "later")]
public void Two_cases(int n) { }
[Fact]
public void Active() { }

using NUnit.Framework;

public class OptionTests
{
    [Test]
    public void There_may_be_none() => Assert.Pass();

    //[Test]
    //public void A_short_flag_is_set()
    //{
    //    Assert.True(Options.Parse("-v").Verbose);
    //}

    // [TestCase("--level=3", 3)]
    // [TestCase("--level 4", 4)]
    // public void A_value_follows(string line, int level)
    // {
    //     // not a test: [Test]
    //     Assert.AreEqual(level, Options.Parse(line).Level);
    // }

    ////[Test, Description("what is left over is kept")]
    ////public void Rest()
    ////{
    ////}

    [Test]
    public void All_together() { }
}

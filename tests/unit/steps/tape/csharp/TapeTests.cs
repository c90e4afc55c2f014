using NUnit.Framework;

namespace Somewhere.Else
{
    /// <summary>[Test] in documentation is none.</summary>
    [TestFixture]
    public class TapeTests
    {
        [TestCase("", "", Description = "an empty program says nothing")]
		//[TestCase("+.", "1", Description = "counts up")]
        //[TestCase("-.", "255", Description = "counts down, and around")]
        // [TestCase(">+<.", "0")]
        public void Runs_a_program(string program, string output)
        {
            Assert.AreEqual(output, Tape.Run(program)); // [TestCase("no")]
        }

        //[Test]
        public void Loops()
        {
        }

        [Test]
        public void Says_hello() { }
    }
}

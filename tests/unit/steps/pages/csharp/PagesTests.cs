public class PagesTests
{
    [TestCase(1, 1, "(1)")]
    //[TestCase(2, 1, "(1) 2")]
    //[TestCase(9, 5, "1 … (5) … 9")]
    //[TestCase(9, 1, "[31m(1) 2")]
    public void Shows_pages(int pages, int current, string expected) { }
}

class SkipTest {
    @Disabled
    @Test
    void disabled() {}
    @Test
    @Ignore("later")
    public void ignored() {}
    @Test(enabled = false)
    public void switchedOff() {}
    @Test @Disabled("later") void inOneLine() {}
    @Test
    @DisplayName("says what it does")
    void active() {}
    // @Test void commented() {}
}
@Disabled
class Whole {
    @Test void inside() {}
}

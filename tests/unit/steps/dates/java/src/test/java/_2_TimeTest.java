/*
 * Anybody may use this. @Test
 */
package dates;

/**
 * Dates, one step after the other.
 * @Test is only mentioned here.
@Test without a star
 */
public class _2_TimeTest {

    /* Step 1: delete this line, make the test pass, then refactor.
    @Test
    public void readsAnHour() {
        check("x");
    }

    /* Step 2: delete this line, make the test pass, then refactor.
    @Test
    public void readsAMinute() {
        check("x");
    }

    //*/
}

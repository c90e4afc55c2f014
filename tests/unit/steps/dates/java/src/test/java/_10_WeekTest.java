/*
 * Anybody may use this. @Test
 */
package dates;

/**
 * Dates, one step after the other.
 * @Test is only mentioned here.
@Test without a star
 */
public class _10_WeekTest {

    @Test
    public void readsAWeek() {
        check("x");
    }

    /* Step 2: delete this line, make the test pass, then refactor.
    @Test
    public void readsAWeekday() {
        check("x");
    }

    //*/
}

/*
 * Anybody may use this. @Test
 */
package dates;

/**
 * Dates, one step after the other.
 * @Test is only mentioned here.
@Test without a star
 */
public class _1_CalendarTest {

    /* Step 1: delete this line, make the test pass, then refactor.
    @Test
    public void readsAYear() {
        check("x");
    }

    /* Step 2: delete this line, make the test pass, then refactor.
    @Test
    public void readsAMonth() {
        check("x");
    }

    /* Step 3: delete this line, make the test pass, then refactor.
    @Test
    public void readsADay() {
        check("x");
    }

    //*/
}

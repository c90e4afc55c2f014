/* not a test file
@Test
void no() {}
*/

TEST(Skip, DISABLED_Disabled) {
}
TEST(Skip, Active) {
}
// TEST(Skip, InAComment) {
// }

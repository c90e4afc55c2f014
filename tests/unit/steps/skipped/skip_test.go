package skip

func TestSkipsItself(t *testing.T) {
	t.Skip("later")
}

// func TestInAComment(t *testing.T) {
// }

/*
func TestInABlock(t *testing.T) {
}
*/

func TestActive(t *testing.T) {
}

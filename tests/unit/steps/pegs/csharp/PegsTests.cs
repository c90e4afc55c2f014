// Step 1: score a guess
[Test]
public void Scores() { }
// Step 2: guess yourself
[Test]
public void Guesses() { }

describe('skips', () => {
  it.skip('skipped', () => {});
  xit("crossed out", () => {});
  test.skip(`in back quotes`, () => {});
  it.todo('to do');
  it('active', () => {});
  // it("in a comment, isn't it", () => {});
  // it is only prose
});

describe 'skips' do
  it 'is pending'
  xit 'is crossed out' do
  end
  pending "waits" do
  end
  it 'skips itself' do
    skip 'later'
  end
  # it 'is in a comment' do
  it 'is active' do
  end
end

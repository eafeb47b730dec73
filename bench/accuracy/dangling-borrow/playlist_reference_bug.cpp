// oracle: tsan
// Music player: the playlist is guarded, but a reference to it leaves.
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Playlist {
public:
  void add(std::string Song) {
    std::lock_guard<std::mutex> Lock(M_);
    Songs_.push_back(std::move(Song));
  }
  const std::vector<std::string> &songs() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Songs_; /*BUG*/
  }
  const std::string &owner() const { return Owner_; }
  std::string first() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Songs_.empty() ? std::string() : Songs_.front();
  }

private:
  mutable std::mutex M_;
  const std::string Owner_ = "ann";
  std::vector<std::string> Songs_;
};

int main() {
  Playlist P;
  P.add("intro");
  const auto &Songs = P.songs();
  std::thread Sync([&P] {
    for (int I = 0; I < 100; ++I)
      P.add("song " + std::to_string(I));
  });
  std::size_t Seen = Songs.size();
  Sync.join();
  std::cout << P.owner() << P.first() << (Seen > 0) << P.songs().size() << '\n';
  return P.songs().size() == 101 ? 0 : 1;
}

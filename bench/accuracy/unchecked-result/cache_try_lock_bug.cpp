// oracle: tsan
// Cache statistics: a busy lock should skip the update.
#include <atomic>
#include <iostream>
#include <mutex>
#include <numeric>
#include <thread>
#include <vector>

class HitRate {
public:
  void hit(int Key) {
    M_.try_lock(); /*BUG*/
    ++Hits_[Key % Hits_.size()];
    M_.unlock();
  }

  bool miss() {
    std::unique_lock<std::mutex> Lock(M_, std::try_to_lock);
    if (!Lock)
      return false;
    ++Misses_;
    return true;
  }

  long lookups() {
    std::unique_lock<std::mutex> Lock(M_, std::try_to_lock);
    if (!Lock.owns_lock())
      Lock.lock();
    return std::accumulate(Hits_.begin(), Hits_.end(), Misses_);
  }

private:
  std::mutex M_;
  std::vector<int> Hits_ = std::vector<int>(100000);
  long Misses_ = 0;
};

int main() {
  HitRate H;
  std::atomic<bool> Stop{false};
  bool Missed = H.miss();
  std::thread Client([&] {
    for (int Key = 0; !Stop; ++Key)
      H.hit(Key);
  });
  long N = 0;
  for (int I = 0; I < 20; ++I)
    N = H.lookups();
  Stop = true;
  Client.join();
  std::cout << Missed << ' ' << (N > 0) << '\n';
  return Missed && N > 0 ? 0 : 1;
}

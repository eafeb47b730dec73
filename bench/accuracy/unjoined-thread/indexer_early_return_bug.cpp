// oracle: abort
// Indexer: nothing to do on one path, but the thread already runs.
#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

class Indexer {
public:
  ~Indexer() {
    if (Flusher_.joinable())
      Flusher_.join();
  }

  int index(const std::vector<std::string> &Files) {
    std::atomic<int> Words{0};
    std::thread Counter([&] {
      for (const std::string &File : Files)
        Words += static_cast<int>(File.size());
    });
    if (Files.empty()) {
      std::cout << "nothing to index\n" << std::flush;
      return 0; /*BUG*/
    }
    Counter.join();
    return Words;
  }

  void flushLater() {
    if (Flusher_.joinable())
      return;
    Flusher_ = std::thread([this] { ++Flushes_; });
  }

private:
  std::atomic<int> Flushes_{0};
  std::thread Flusher_;
};

int main() {
  Indexer I;
  I.flushLater();
  I.flushLater();
  int Words = I.index({"one", "three"});
  Words += I.index({});
  std::cout << Words << '\n';
  return Words == 8 ? 0 : 1;
}

// oracle: tsan
// Backup: the counter is touched once more after the unlock.
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

class Backup {
public:
  void copy(const std::string &File) {
    std::unique_lock<std::mutex> Lock(M_);
    Last_ = File;
    ++Files_;
    Lock.unlock();
    std::string Checksum(File.rbegin(), File.rend());
    Bytes_ += Checksum.size(); /*BUG*/
    if (Checksum.empty()) {
      Lock.lock();
      --Files_;
    }
  }

  std::size_t bytes() {
    std::unique_lock<std::mutex> Lock(M_);
    return Bytes_;
  }
  int files() {
    std::unique_lock<std::mutex> Lock(M_);
    return Last_.empty() ? 0 : Files_;
  }
  void clear() {
    std::unique_lock<std::mutex> Lock(M_);
    Bytes_ = 0;
    Files_ = 0;
  }

private:
  std::mutex M_;
  std::string Last_;
  int Files_ = 0;
  std::size_t Bytes_ = 0;
};

int main() {
  Backup B;
  B.clear();
  auto Copy = [&B] {
    for (int I = 0; I < 100; ++I)
      B.copy("file");
  };
  std::thread One(Copy), Two(Copy);
  One.join();
  Two.join();
  std::cout << B.files() << ' ' << B.bytes() << '\n';
  return B.bytes() == 800 ? 0 : 1;
}

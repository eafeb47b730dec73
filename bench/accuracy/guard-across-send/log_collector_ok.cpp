// oracle: timeout
// Log collector: producers count under a lock that the writer needs as well.
#include "channel.h"
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

class Collector {
public:
  explicit Collector(bb::SyncSender<std::string> Out) : Out_(std::move(Out)) {}

  void log(const std::string &Line) {
    {
      std::lock_guard<std::mutex> Lock(M_);
      ++Accepted_;
    }
    if (!Out_.send("[" + Line + "]"))
      throw std::runtime_error("the writer has gone");
  }

  void written(std::size_t Bytes) {
    std::lock_guard<std::mutex> Lock(M_);
    Bytes_ += Bytes;
  }

  int accepted() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Accepted_;
  }
  std::size_t bytes() const {
    std::lock_guard<std::mutex> Lock(M_);
    return Bytes_;
  }

private:
  mutable std::mutex M_;
  int Accepted_ = 0;
  std::size_t Bytes_ = 0;
  bb::SyncSender<std::string> Out_;
};

int main() {
  auto [Tx, Rx] = bb::channel<std::string>(1);
  Collector C(std::move(Tx));
  std::thread Writer([&C, Lines = std::move(Rx)] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    C.written(0);
    for (int I = 0; I < 50; ++I)
      if (auto Line = Lines.recv())
        C.written(Line->size());
  });
  for (int I = 0; I < 50; ++I)
    C.log("line");
  Writer.join();
  std::cout << C.accepted() << ' ' << C.bytes() << '\n';
  return C.bytes() == 300 ? 0 : 1;
}

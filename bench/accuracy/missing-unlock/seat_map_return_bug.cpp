// oracle: timeout
// Cinema: reserve() leaves early when the seat is taken.
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class SeatMap {
public:
  explicit SeatMap(int Seats) : Owners_(Seats) {}

  bool reserve(int Seat, const std::string &Who) {
    M_.lock();
    if (!Owners_.at(Seat).empty()) {
      ++Refused_;
      return false; /*BUG*/
    }
    Owners_[Seat] = Who;
    M_.unlock();
    return true;
  }

  void cancel(int Seat) {
    M_.lock();
    if (Seat < 0) {
      M_.unlock();
      return;
    }
    Owners_.at(Seat).clear();
    M_.unlock();
  }

  int refused() {
    std::lock_guard<std::mutex> Lock(M_);
    return Refused_;
  }

private:
  std::mutex M_;
  int Refused_ = 0;
  std::vector<std::string> Owners_;
};

int main() {
  SeatMap Map(10);
  bool Good = Map.reserve(3, "ann");
  Map.cancel(-1);
  std::thread Web([&Map] { Map.reserve(3, "bo"); });
  Web.join();
  std::cout << Good << ' ' << Map.refused() << '\n';
  return Map.refused() == 1 ? 0 : 1;
}

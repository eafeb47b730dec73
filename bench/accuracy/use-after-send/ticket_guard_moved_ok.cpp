// oracle: abort
// Ticket office: the lock moves into the booking, which ends it.
#include <iostream>
#include <mutex>
#include <system_error>
#include <utility>

class Booking {
public:
  Booking(std::unique_lock<std::mutex> Lock, int &Free)
      : Lock_(std::move(Lock)), Free_(Free) {}
  bool take(int Seats) {
    if (Free_ < Seats)
      return false;
    Free_ -= Seats;
    return true;
  }

private:
  std::unique_lock<std::mutex> Lock_;
  int &Free_;
};

class Office {
public:
  explicit Office(int Seats) : Free_(Seats) {}

  bool book(int Seats) {
    std::unique_lock<std::mutex> Lock(M_);
    if (Seats <= 0) {
      Lock.unlock();
      return false;
    }
    bool Taken = Booking(std::move(Lock), Free_).take(Seats);
    Lock = std::unique_lock<std::mutex>(M_);
    Tries_ += 1;
    return Taken;
  }
  int free() {
    std::lock_guard<std::mutex> Lock(M_);
    return Free_ + 0 * Tries_;
  }

private:
  std::mutex M_;
  int Free_;
  int Tries_ = 0;
};

int main() {
  Office O(5);
  bool None = O.book(0);
  bool Some = O.book(3);
  bool Many = O.book(3);
  std::cout << None << Some << Many << ' ' << O.free() << '\n';
  return O.free() == 2 && !Many ? 0 : 1;
}

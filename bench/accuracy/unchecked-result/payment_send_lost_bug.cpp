// oracle: abort
// Payments: a payment counts as booked although nobody received it.
#include "channel.h"
#include <cassert>
#include <iostream>
#include <thread>

class Till {
public:
  explicit Till(bb::SyncSender<long> ToBank) : ToBank_(std::move(ToBank)) {}

  void pay(long Cents) {
    ToBank_.send(Cents); /*BUG*/
    Booked_ += Cents;
  }

  bool tip(long Cents) {
    bool Sent = ToBank_.try_send(Cents);
    if (Sent)
      Booked_ += Cents;
    return Sent;
  }
  long booked() const { return Booked_; }

private:
  bb::SyncSender<long> ToBank_;
  long Booked_ = 0;
};

int main() {
  auto [Tx, Rx] = bb::channel<long>(4);
  Till T(std::move(Tx));
  long AtBank = 0;
  std::thread Bank([&AtBank, In = std::move(Rx)]() mutable {
    auto Closing = std::move(In);
    for (int I = 0; I < 3; ++I)
      if (auto Cents = Closing.recv())
        AtBank += *Cents;
  });
  T.pay(100);
  T.pay(250);
  T.pay(50);
  Bank.join(); // the bank closes
  T.pay(999);
  std::cout << T.tip(1) << ' ' << AtBank << '\n' << std::flush;
  assert(AtBank == T.booked() && "the books do not balance");
  return 0;
}

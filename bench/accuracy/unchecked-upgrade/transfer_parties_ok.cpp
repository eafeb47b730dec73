// oracle: asan
// Bank: a standing order pays while both of its accounts are open.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

struct Account {
  std::string Iban;
  long Cents = 0;
};

class StandingOrder {
public:
  StandingOrder(std::weak_ptr<Account> From, std::weak_ptr<Account> To,
                long Cents)
      : From_(std::move(From)), To_(std::move(To)), Cents_(Cents) {}

  bool pay() const {
    auto Payer = From_.lock();
    auto Payee = To_.lock();
    if (!Payer || !Payee)
      return false;
    if (Payer->Cents < Cents_)
      return false;
    Payer->Cents -= Cents_;
    Payee->Cents += Cents_;
    return true;
  }

  bool active() const { return !From_.expired() && !To_.expired(); }

  std::string summary() const {
    auto Payer = From_.lock(), Payee = To_.lock();
    return Payer && Payee ? Payer->Iban + " -> " + Payee->Iban : "closed";
  }

private:
  std::weak_ptr<Account> From_, To_;
  long Cents_;
};

int main() {
  auto Rent = std::make_shared<Account>(Account{"DE01", 0});
  auto Club = std::make_shared<Account>(Account{"DE02", 0});
  auto Mine = std::make_shared<Account>(Account{"DE03", 5000});
  std::vector<StandingOrder> Orders{{Mine, Rent, 1000}, {Mine, Club, 50}};
  for (const auto &Order : Orders)
    Order.pay();
  std::cout << Mine->Cents << ' ' << Orders[1].summary() << '\n' << std::flush;
  Club.reset();
  int Paid = 0;
  for (const auto &Order : Orders)
    Paid += Order.pay();
  std::cout << Paid << ' ' << Mine->Cents << ' ' << Orders[1].active() << '\n';
  return Paid == 1 && Mine->Cents == 2950 ? 0 : 1;
}

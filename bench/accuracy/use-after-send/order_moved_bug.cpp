// oracle: abort
// Shop: an order goes to the packer and its first line to the receipt.
#include "channel.h"
#include <iostream>
#include <string>
#include <thread>
#include <vector>

struct Order {
  int Id;
  std::vector<std::string> Lines;
};

class Shop {
public:
  explicit Shop(bb::Sender<Order> ToPacker) : ToPacker_(std::move(ToPacker)) {}

  std::string sell(int Id, std::vector<std::string> Lines) {
    Order O{Id, std::move(Lines)};
    if (O.Lines.empty())
      return "nothing";
    if (!ToPacker_.send(std::move(O)))
      return "closed";
    ++Sold_;
    std::string First = O.Lines.front(); /*BUG*/
    O = Order{Id + 1, {"voucher"}};
    return First + " and a " + O.Lines.front();
  }
  int sold() const { return Sold_; }

private:
  bb::Sender<Order> ToPacker_;
  int Sold_ = 0;
};

int main() {
  auto [Tx, Rx] = bb::channel<Order>();
  std::size_t Packed = 0;
  std::thread Packer([&Packed, In = std::move(Rx)] {
    while (auto O = In.recv())
      Packed += O->Lines.size();
  });
  std::string Receipt;
  {
    Shop S(std::move(Tx));
    Receipt = S.sell(1, {"tea", "cup"});
    Receipt += " / " + S.sell(2, {});
  }
  Packer.join();
  std::cout << Receipt << ' ' << Packed << '\n';
  return Packed == 2 ? 0 : 1;
}
